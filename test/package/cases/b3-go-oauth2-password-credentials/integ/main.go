package main

import (
	"context"
	"log"
	"os"

	"golang.org/x/oauth2"
)

func main() {
	conf := &oauth2.Config{
		ClientID:     os.Getenv("SF_CLIENT_ID"),
		ClientSecret: os.Getenv("SF_CLIENT_SECRET"),
		Endpoint: oauth2.Endpoint{
			TokenURL: "https://login.salesforce.com/services/oauth2/token",
		},
	}
	token, err := conf.PasswordCredentialsToken(context.Background(), os.Getenv("SF_USER"), os.Getenv("SF_PASS"))
	if err != nil {
		log.Fatal("login refused")
	}
	run(conf.Client(context.Background(), token))
}
