import os
import requests
from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

client = SecretClient(vault_url=os.environ["VAULT"], credential=DefaultAzureCredential())


def finish(tenant, code, verifier):
    tokens = requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "authorization_code", "code": code, "code_verifier": verifier, "client_id": os.environ["ID"], "client_secret": os.environ["SECRET"]}).json()
    client.set_secret(f"sf-{tenant}", tokens["refresh_token"])
