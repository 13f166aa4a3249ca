import requests


def sid(frontdoor_url):
    session = requests.Session()
    session.get(frontdoor_url)
    return session.cookies["sid"]
