import redis
import requests

store = redis.Redis()


def finish(tenant, code):
    tokens = requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "authorization_code", "code": code}).json()
    store.set(f"sf:{tenant}", tokens["refresh_token"])
