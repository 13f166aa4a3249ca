import os
import aiohttp

LOGIN_HOST = os.environ.get("SF_LOGIN_HOST", "https://login.salesforce.com")


class SalesforceClient:
    def __init__(self, session: aiohttp.ClientSession):
        self._session = session
        self._token = None

    async def authenticate(self) -> None:
        form = aiohttp.FormData()
        form.add_field("grant_type", os.environ.get("SF_GRANT", "password"))
        form.add_field("client_id", os.environ["SF_CLIENT_ID"])
        form.add_field("client_secret", os.environ["SF_CLIENT_SECRET"])
        form.add_field("username", os.environ["SF_USER"])
        form.add_field("password", os.environ["SF_PASSWORD"])
        async with self._session.post(f"{LOGIN_HOST}/services/oauth2/token", data=form) as response:
            response.raise_for_status()
            self._token = (await response.json())["access_token"]
