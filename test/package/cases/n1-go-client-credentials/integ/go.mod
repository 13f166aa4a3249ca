module acme.example/sync

go 1.23

require golang.org/x/oauth2 v0.21.0
