#!/usr/bin/env bash
set -euo pipefail
envsubst < login.form > /tmp/login
curl --silent --fail "$SF_HOST/services/oauth2/token" --data-binary @/tmp/login | jq -r .access_token
