import os
from oauthlib.oauth2 import MobileApplicationClient
from requests_oauthlib import OAuth2Session

session = OAuth2Session(client=MobileApplicationClient(client_id=os.environ["SF_ID"]), redirect_uri="https://app.acme.example/cb")
url, state = session.authorization_url("https://login.salesforce.com/services/oauth2/authorize")
