import os
import requests
from simple_salesforce import Salesforce

HOST = os.environ["SF_HOST"]

def client():
    answer = requests.post(
        f"{HOST}/services/oauth2/token",
        data={"grant_type": "client_credentials"},
        auth=(os.environ["SF_CLIENT_ID"], os.environ["SF_CLIENT_SECRET"]),
        timeout=30,
    )
    answer.raise_for_status()
    return Salesforce(instance_url=answer.json()["instance_url"], session_id=answer.json()["access_token"])
