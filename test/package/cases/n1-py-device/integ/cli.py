import asyncio
import aiohttp

TOKEN = "https://login.salesforce.com/services/oauth2/token"


async def sign_in(client_id: str) -> dict:
    async with aiohttp.ClientSession() as http:
        start = {"client_id": client_id, "scope": "api refresh_token"}
        start["response_type"] = "device_code"
        async with http.post(TOKEN, data=start) as answer:
            device = await answer.json()
        print(device["verification_uri"], device["user_code"])
        while True:
            await asyncio.sleep(int(device["interval"]))
            async with http.post(TOKEN, data={"grant_type": "device", "client_id": client_id, "code": device["device_code"]}) as answer:
                if answer.status == 200:
                    return await answer.json()
