package app

import (
	"context"
	"net/http"
	"os"

	"golang.org/x/oauth2"
)

var conf = &oauth2.Config{
	ClientID:     os.Getenv("SF_CLIENT_ID"),
	ClientSecret: os.Getenv("SF_CLIENT_SECRET"),
	RedirectURL:  "https://app.acme.example/callback",
	Scopes:       []string{"api", "refresh_token"},
	Endpoint: oauth2.Endpoint{
		AuthURL:  "https://login.salesforce.com/services/oauth2/authorize",
		TokenURL: "https://login.salesforce.com/services/oauth2/token",
	},
}

func start(w http.ResponseWriter, r *http.Request) {
	verifier := oauth2.GenerateVerifier()
	state := sessions.Begin(w, verifier)
	http.Redirect(w, r, conf.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier)), http.StatusFound)
}

func finish(ctx context.Context, code, verifier string) (*oauth2.Token, error) {
	return conf.Exchange(ctx, code, oauth2.VerifierOption(verifier))
}
