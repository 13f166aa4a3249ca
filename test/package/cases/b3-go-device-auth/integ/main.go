package main

import (
	"context"
	"fmt"
	"os"

	"golang.org/x/oauth2"
)

func login(ctx context.Context) (*oauth2.Token, error) {
	conf := &oauth2.Config{
		ClientID: os.Getenv("SF_ID"),
		Endpoint: oauth2.Endpoint{
			DeviceAuthURL: "https://login.salesforce.com/services/oauth2/token",
			TokenURL:      "https://login.salesforce.com/services/oauth2/token",
		},
	}
	code, err := conf.DeviceAuth(ctx)
	if err != nil {
		return nil, err
	}
	fmt.Println(code.VerificationURI, code.UserCode)
	return conf.DeviceAccessToken(ctx, code)
}
