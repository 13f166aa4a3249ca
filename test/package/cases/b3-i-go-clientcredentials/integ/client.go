package app

import (
	"context"
	"net/http"
	"os"

	"golang.org/x/oauth2/clientcredentials"
)

func Client(ctx context.Context) *http.Client {
	conf := clientcredentials.Config{
		ClientID:     os.Getenv("SF_CLIENT_ID"),
		ClientSecret: os.Getenv("SF_CLIENT_SECRET"),
		TokenURL:     "https://acme.my.salesforce.com/services/oauth2/token",
	}
	return conf.Client(ctx)
}
