package a

import (
	"context"
	"net/http"

	"golang.org/x/oauth2"
)

var conf = &oauth2.Config{Endpoint: oauth2.Endpoint{TokenURL: "https://login.salesforce.com/services/oauth2/token"}}

func client(ctx context.Context, refresh string) *http.Client {
	return conf.Client(ctx, &oauth2.Token{RefreshToken: refresh})
}
