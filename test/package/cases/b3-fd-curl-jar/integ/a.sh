#!/bin/sh
curl -s -L -c jar.txt "$INSTANCE/secur/frontdoor.jsp?otp=$OTP" -o /dev/null
SID=$(awk '$6 == "sid" { print $7 }' jar.txt)
curl -H "Cookie: sid=$SID" "$INSTANCE/setup/x"
