package acme

import (
	"net/http"
	"net/url"
)

func finish(code string) (*http.Response, error) {
	return http.PostForm("https://login.salesforce.com/services/oauth2/token", url.Values{"grant_type": {"authorization_code"}, "code": {code}, "client_secret": {secret}})
}
