import os
import requests


def token():
    data = {"grant_type": "password", "username": os.environ["MS_USER"], "password": os.environ["MS_WORD"]}
    return requests.post("https://login.microsoftonline.com/common/oauth2/v2.0/token", data=data).json()
