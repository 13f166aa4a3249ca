import os

import httpx
from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm

app = FastAPI()
own_tokens = OAuth2PasswordBearer(tokenUrl="/token")


@app.post("/token")
def log_in(form: OAuth2PasswordRequestForm = Depends()):
    return issue(form.username, form.password)


@app.get("/accounts")
def accounts(user: str = Depends(own_tokens)):
    token = httpx.post("https://acme.my.salesforce.com/services/oauth2/token", data={
        "grant_type": "client_credentials",
        "client_id": os.environ["SF_CLIENT_ID"],
        "client_secret": os.environ["SF_CLIENT_SECRET"],
    }).json()["access_token"]
    return httpx.get("https://acme.my.salesforce.com/services/data/v60.0/query?q=SELECT+Id+FROM+Account",
                     headers={"Authorization": f"Bearer {token}"}).json()
