#!/usr/bin/env bash
set -euo pipefail
: "${SF_HOST:=login.salesforce.com}"

curl --silent --fail --data @- "https://${SF_HOST}/services/oauth2/token" <<FORM | jq -r .access_token
grant_type=password&client_id=${SF_CLIENT_ID}&client_secret=${SF_CLIENT_SECRET}&username=${SF_USER}&password=${SF_PASSWORD}
FORM
