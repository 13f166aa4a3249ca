import requests


def sid(host, token):
    web = requests.Session()
    door = f"{host}/secur/frontdoor.jsp?sid={token}"
    web.get(door)
    return web.cookies.get("sid")
