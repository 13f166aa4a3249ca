package main

import (
	"os"

	"github.com/k-capehart/go-salesforce/v2"
)

func connect() (*salesforce.Salesforce, error) {
	return salesforce.Init(salesforce.Creds{
		Domain:         "https://acme.my.salesforce.com",
		Username:       os.Getenv("SF_USER"),
		Password:       os.Getenv("SF_PW"),
		SecurityToken:  os.Getenv("SF_TOKEN"),
		ConsumerKey:    os.Getenv("SF_ID"),
		ConsumerSecret: os.Getenv("SF_SECRET"),
	})
}
