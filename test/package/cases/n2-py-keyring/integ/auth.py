import keyring
import logging
import requests

log = logging.getLogger(__name__)


def renew(old):
    answer = requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "refresh_token", "refresh_token": old})
    if answer.status_code != 200:
        log.error("refresh failed: %s", answer.text)
        raise RuntimeError("refresh")
    tokens = answer.json()
    keyring.set_password("acme", "refresh", tokens["refresh_token"])
    log.info("refreshed, scope %s, at %s", tokens["scope"], tokens["issued_at"])
    return tokens["access_token"]
