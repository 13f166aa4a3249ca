import os

import httpx
import redis

store = redis.Redis.from_url(os.environ["REDIS_URL"])
TOKEN_URL = "https://login.salesforce.com/services/oauth2/token"


def refresh(tenant: str, vault) -> str:
    with store.lock(f"sf-refresh:{tenant}", timeout=30):
        saved = vault.load(tenant)
        if saved.fresh():
            return saved.access_token
        answer = httpx.post(TOKEN_URL, data={
            "grant_type": "refresh_token",
            "refresh_token": saved.refresh_token,
            "client_id": os.environ["SF_CLIENT_ID"],
            "client_secret": os.environ["SF_CLIENT_SECRET"],
        })
        answer.raise_for_status()
        body = answer.json()
        vault.save(tenant, access_token=body["access_token"], refresh_token=body.get("refresh_token", saved.refresh_token))
        return body["access_token"]
