import os
import requests
from authlib.integrations.requests_client import OAuth2Session


def old():
    client = OAuth2Session(os.environ["SF_ID"], os.environ["SF_SECRET"])
    return client.fetch_token("https://login.salesforce.com/services/oauth2/token", username=os.environ["U"], password=os.environ["P"])


def salesforce_token():
    return requests.post("https://acme.my.salesforce.com/services/oauth2/token", data={
        "grant_type": "client_credentials",
        "client_id": os.environ["SF_ID"],
        "client_secret": os.environ["SF_SECRET"],
    }).json()["access_token"]
