package sync

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
)

type refreshed struct {
	AccessToken string `json:"access_token"`
	InstanceURL string `json:"instance_url"`
}

func Refresh(store Store, tenant string) (string, error) {
	form := url.Values{
		"grant_type":    {"refresh_token"},
		"refresh_token": {store.RefreshToken(tenant)},
		"client_id":     {os.Getenv("SF_CLIENT_ID")},
		"client_secret": {os.Getenv("SF_CLIENT_SECRET")},
	}
	res, err := http.PostForm("https://login.salesforce.com/services/oauth2/token", form)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	var answer refreshed
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		return "", err
	}
	store.SaveAccessToken(tenant, answer.AccessToken)
	return answer.AccessToken, nil
}
