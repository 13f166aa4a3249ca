import os

import msal
import requests

graph = msal.PublicClientApplication(os.environ["AZURE_CLIENT_ID"], authority="https://login.microsoftonline.com/organizations")


def graph_token():
    flow = graph.initiate_device_flow(scopes=["User.Read"])
    print(flow["message"])
    return graph.acquire_token_by_device_flow(flow)["access_token"]


def salesforce_token():
    answer = requests.post("https://acme.my.salesforce.com/services/oauth2/token", data={
        "grant_type": "client_credentials",
        "client_id": os.environ["SF_CLIENT_ID"],
        "client_secret": os.environ["SF_CLIENT_SECRET"],
    }, timeout=30)
    return answer.json()["access_token"]
