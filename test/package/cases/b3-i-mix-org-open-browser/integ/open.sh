#!/bin/sh
sf org login jwt --client-id "$ID" --jwt-key-file "$KEY" --username "$U" --alias prod
sf org open --target-org prod --path lightning/setup/SetupOneHome/home
