import os
import requests
from zeep import Client


def old():
    return Client("partner.wsdl").service.login(os.environ["U"], os.environ["P"])


def salesforce_token():
    return requests.post("https://acme.my.salesforce.com/services/oauth2/token", data={
        "grant_type": "client_credentials",
        "client_id": os.environ["SF_ID"],
        "client_secret": os.environ["SF_SECRET"],
    }).json()["access_token"]
