#!/usr/bin/env bash
set -euo pipefail
envsubst < login.form > login.body
curl --silent --fail "$SF_HOST/services/oauth2/token" --data-binary @login.body | jq -r .access_token
