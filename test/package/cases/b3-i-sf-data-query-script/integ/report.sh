#!/usr/bin/env bash
set -euo pipefail
sf org login jwt --client-id "$SF_ID" --jwt-key-file "$KEY" --username "$SF_USER" --alias prod
sf data query --target-org prod --query "SELECT Id, Name FROM Account" --result-format csv > accounts.csv
