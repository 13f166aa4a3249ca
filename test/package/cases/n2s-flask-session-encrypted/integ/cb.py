import requests
from flask import make_response, redirect, session


def callback(code):
    tokens = requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "authorization_code", "code": code}).json()
    vault.write(session["org"], refresh_token=tokens["refresh_token"])
    answer = make_response(redirect("/"))
    answer.set_cookie("theme", "dark")
    return answer
