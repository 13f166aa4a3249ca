package main

import (
	"context"
	"net/http"
	"os"

	"golang.org/x/oauth2/clientcredentials"
)

func client(ctx context.Context) *http.Client {
	c := clientcredentials.Config{
		ClientID:     os.Getenv("SF_ID"),
		ClientSecret: os.Getenv("SF_SECRET"),
		TokenURL:     os.Getenv("SF_HOST") + "/services/oauth2/token",
	}
	return c.Client(ctx)
}

func main() {
	r, err := client(context.Background()).Get(os.Getenv("SF_HOST") + "/services/data/v62.0/query?q=SELECT+Id+FROM+Account")
	if err != nil {
		panic(err)
	}
	defer r.Body.Close()
}
