package a

import (
	"context"
	"net/http"
	"net/url"

	"golang.org/x/oauth2"
)

func old(ctx context.Context) (*oauth2.DeviceAuthResponse, error) {
	conf := &oauth2.Config{Endpoint: oauth2.Endpoint{DeviceAuthURL: "https://login.salesforce.com/services/oauth2/token"}}
	return conf.DeviceAuth(ctx)
}

func now(id, secret string) (*http.Response, error) {
	return http.PostForm("https://acme.my.salesforce.com/services/oauth2/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}})
}
