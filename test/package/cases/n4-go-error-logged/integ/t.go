package main

func renew(form url.Values) {
	resp, err := http.PostForm("https://login.salesforce.com/services/oauth2/token", form)
	if err != nil {
		log.Printf("renew: %v", err)
		return
	}
	if resp.StatusCode != 200 {
		body, _ := io.ReadAll(resp.Body)
		log.Printf("renew: %s %s", resp.Status, body)
		return
	}
	keep(resp.Body)
}
