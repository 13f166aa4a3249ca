#!/bin/sh
curl -s https://acme.my.salesforce.com/services/oauth2/token -d grant_type=client_credentials -d client_id="$ID" -d client_secret="$SECRET" | jq -r .access_token > token.txt
