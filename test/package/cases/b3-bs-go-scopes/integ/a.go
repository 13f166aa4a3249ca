package a

import "golang.org/x/oauth2"

var conf = oauth2.Config{Scopes: []string{"full", "refresh_token"}, Endpoint: oauth2.Endpoint{AuthURL: "https://login.salesforce.com/services/oauth2/authorize", TokenURL: "https://login.salesforce.com/services/oauth2/token"}}
