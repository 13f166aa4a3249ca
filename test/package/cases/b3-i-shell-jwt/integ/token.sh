#!/usr/bin/env bash
set -euo pipefail
b64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
head=$(printf '{"alg":"RS256"}' | b64)
claims=$(printf '{"iss":"%s","sub":"%s","aud":"https://login.salesforce.com","exp":%s}' "$SF_ID" "$SF_USER" "$(($(date +%s) + 120))" | b64)
sig=$(printf '%s.%s' "$head" "$claims" | openssl dgst -sha256 -sign "$KEY_FILE" | b64)
curl -sf https://login.salesforce.com/services/oauth2/token \
  --data-urlencode grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer \
  --data-urlencode "assertion=$head.$claims.$sig"
