import time

import boto3
import httpx
import jwt

LOGIN = "https://login.salesforce.com"


def private_key() -> str:
    return boto3.client("secretsmanager").get_secret_value(SecretId="acme/salesforce/jwt")["SecretString"]


def access_token(client_id: str, user: str) -> str:
    assertion = jwt.encode(
        {"iss": client_id, "sub": user, "aud": LOGIN, "exp": int(time.time()) + 180}, private_key(), algorithm="RS256"
    )
    answer = httpx.post(
        f"{LOGIN}/services/oauth2/token",
        data={"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion},
    )
    answer.raise_for_status()
    return answer.json()["access_token"]
