import requests

tokens = requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "authorization_code", "code": CODE}).json()
with open("token.txt", "w") as out:
    out.write(tokens["refresh_token"])
