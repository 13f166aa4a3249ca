#!/usr/bin/env bash
url=$(sf org open --target-org prod --url-only --json | jq -r .result.url)
sid=$(sed -E 's/.*[?&]sid=([^&]+).*/\1/' <<<"$url")
curl -H "Cookie: sid=$sid" "https://acme.my.salesforce.com/setup/secur/RemoteAccessAuthorizationPage.apexp"
