import json
import requests


def redeem(code):
    answer = requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "authorization_code", "code": code})
    tokens = answer.json()
    with open("tokens.json", "w") as out:
        json.dump(tokens, out)
    return tokens["access_token"]
