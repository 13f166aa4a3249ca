import os
from authlib.integrations.requests_client import OAuth2Session

client = OAuth2Session(os.environ["SF_ID"], os.environ["SF_SECRET"])
token = client.fetch_token(
    "https://login.salesforce.com/services/oauth2/token",
    username=os.environ["SF_USER"],
    password=os.environ["SF_PW"],
)
