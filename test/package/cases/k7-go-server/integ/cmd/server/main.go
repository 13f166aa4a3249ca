package main

import (
	"net/http"
	"net/url"
	"os"
)

func token(code string) (*http.Response, error) {
	form := url.Values{}
	form.Set("grant_type", "authorization_code")
	form.Set("code", code)
	form.Set("client_id", os.Getenv("SF_ID"))
	form.Set("client_secret", os.Getenv("SF_KEY"))
	return http.PostForm("https://login.salesforce.com/services/oauth2/token", form)
}

func main() {
	http.HandleFunc("/callback", func(w http.ResponseWriter, r *http.Request) { token(r.URL.Query().Get("code")) })
	http.ListenAndServe(":8080", nil)
}
