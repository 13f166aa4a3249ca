import os
import time
import jwt
import requests


def token():
    claim = {"iss": os.environ["SF_ID"], "sub": os.environ["SF_USER"], "aud": "https://login.salesforce.com", "exp": int(time.time()) + 180}
    assertion = jwt.encode(claim, open("server.key").read(), algorithm="RS256")
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
    return requests.post("https://login.salesforce.com/services/oauth2/token", data=form).json()
