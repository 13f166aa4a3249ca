import requests
from settings import SECRET


def finish(code):
    return requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "authorization_code", "code": code, "client_secret": SECRET})
