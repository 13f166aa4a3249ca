module x

require golang.org/x/oauth2 v0.20.0
