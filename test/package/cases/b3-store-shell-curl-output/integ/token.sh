#!/bin/sh
curl -s -o token.json https://acme.my.salesforce.com/services/oauth2/token -d grant_type=client_credentials -d client_id="$ID" -d client_secret="$SECRET"
