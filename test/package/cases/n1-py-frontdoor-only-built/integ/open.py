import webbrowser
from urllib.parse import urlencode


def open_org(instance_url: str, access_token: str, page: str) -> None:
    webbrowser.open(f"{instance_url}/secur/frontdoor.jsp?" + urlencode({"sid": access_token, "retURL": page}))
