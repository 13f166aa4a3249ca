import os
from simple_salesforce import Salesforce, SalesforceLogin as _login


def client():
    creds = dict(username=os.environ["U"], password=os.environ["P"], security_token=os.environ["T"])
    sid, host = _login(**creds, domain="login")
    return Salesforce(session_id=sid, instance=host)
