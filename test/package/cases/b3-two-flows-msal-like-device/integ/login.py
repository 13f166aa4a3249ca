import os
import requests
from acme_oauth import DeviceClient


def device():
    return DeviceClient("https://login.salesforce.com/services/oauth2/token").start(os.environ["SF_ID"])


def salesforce_token():
    return requests.post("https://acme.my.salesforce.com/services/oauth2/token", data={
        "grant_type": "client_credentials",
        "client_id": os.environ["SF_ID"],
        "client_secret": os.environ["SF_SECRET"],
    }).json()["access_token"]
