import requests


def login(u, p):
    return requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "password", "username": u, "password": p})
