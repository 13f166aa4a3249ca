import os
import requests


def token(db):
    answer = requests.post("https://acme.my.salesforce.com/services/oauth2/token", data={"grant_type": "client_credentials", "client_id": os.environ["ID"], "client_secret": os.environ["SECRET"]})
    access_token = answer.json()["access_token"]
    db.execute("INSERT INTO audit (what, ok) VALUES (%s, %s)", ("login", access_token is not None))
    return access_token
