from urllib.parse import urlparse, parse_qs


def session_of(frontdoor_url):
    return parse_qs(urlparse(frontdoor_url).query)["sid"][0]
