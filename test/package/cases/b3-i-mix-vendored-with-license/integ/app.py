import os
import requests

token = requests.post("https://acme.my.salesforce.com/services/oauth2/token", data={"grant_type": "client_credentials", "client_id": os.environ["ID"], "client_secret": os.environ["SECRET"]}).json()["access_token"]
