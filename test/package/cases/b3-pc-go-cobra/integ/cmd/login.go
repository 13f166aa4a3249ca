package cmd

import (
	"net/http"
	"net/url"

	"github.com/spf13/cobra"
)

var clientSecret string // set with -ldflags

var login = &cobra.Command{Use: "login", RunE: func(cmd *cobra.Command, args []string) error {
	_, err := http.PostForm("https://login.salesforce.com/services/oauth2/token", url.Values{"grant_type": {"authorization_code"}, "code": {args[0]}, "client_secret": {clientSecret}, "redirect_uri": {"http://127.0.0.1:1717/cb"}})
	return err
}}
