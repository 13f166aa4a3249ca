module x

require golang.org/x/oauth2 v0.21.0
