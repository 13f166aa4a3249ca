import requests
from urllib.parse import urlparse, parse_qs


def ui_session(instance, access_token):
    answer = requests.post(f"{instance}/services/oauth2/singleaccess",
                           headers={"Authorization": f"Bearer {access_token}"}, timeout=30)
    frontdoor = answer.json()["frontdoor_uri"]
    return parse_qs(urlparse(frontdoor).query)["sid"][0]
