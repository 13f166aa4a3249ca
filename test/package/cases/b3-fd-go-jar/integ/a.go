package a

import (
	"net/http"
	"net/url"
)

func sid(client *http.Client, frontdoorURL *url.URL) string {
	client.Get(frontdoorURL.String())
	for _, c := range client.Jar.Cookies(frontdoorURL) {
		if c.Name == "sid" {
			return c.Value
		}
	}
	return ""
}
