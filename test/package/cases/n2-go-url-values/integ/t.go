package main

func token(u, p string) (*http.Response, error) {
	return http.PostForm("https://login.salesforce.com/services/oauth2/token", url.Values{"grant_type": {"password"}, "username": {u}, "password": {p}})
}
