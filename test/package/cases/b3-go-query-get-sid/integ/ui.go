package ui

import "net/url"

type access struct {
	FrontdoorURI string `json:"frontdoor_uri"`
}

func session(a access) (string, error) {
	u, err := url.Parse(a.FrontdoorURI)
	if err != nil {
		return "", err
	}
	return u.Query().Get("sid"), nil
}
