package main

import "net/http"

func session(frontdoorURL string) string {
	client := &http.Client{}
	resp, _ := client.Get(frontdoorURL)
	for _, c := range resp.Cookies() {
		if c.Name == "sid" {
			return c.Value
		}
	}
	return ""
}
