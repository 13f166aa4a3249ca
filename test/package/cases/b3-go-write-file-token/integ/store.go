package store

import (
	"encoding/json"
	"os"

	"golang.org/x/oauth2"
)

var conf = oauth2.Config{Endpoint: oauth2.Endpoint{TokenURL: "https://login.salesforce.com/services/oauth2/token"}}

func save(path string, token *oauth2.Token) error {
	data, err := json.Marshal(token)
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
