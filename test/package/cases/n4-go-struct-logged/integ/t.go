package main

func renew(form url.Values) (string, error) {
	resp, err := http.PostForm("https://login.salesforce.com/services/oauth2/token", form)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var tok Token
	if err := json.NewDecoder(resp.Body).Decode(&tok); err != nil {
		return "", err
	}
	log.Printf("token: %+v", tok)
	return tok.AccessToken, keep(tok)
}
