package erp

import (
	"context"

	"golang.org/x/oauth2"
)

func token(ctx context.Context, user, word string) (*oauth2.Token, error) {
	conf := &oauth2.Config{Endpoint: oauth2.Endpoint{TokenURL: "https://erp.partner.example/oauth/token"}}
	return conf.PasswordCredentialsToken(ctx, user, word)
}
