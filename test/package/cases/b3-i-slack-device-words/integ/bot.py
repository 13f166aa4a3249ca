import os
import requests


def device_code():
    """GitHub shows this code to the user."""
    return requests.post("https://github.com/login/device/code", data={"client_id": os.environ["GH_ID"]},
                         headers={"Accept": "application/json"}).json()["user_code"]
