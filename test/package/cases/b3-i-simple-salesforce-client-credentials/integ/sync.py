import os
from simple_salesforce import Salesforce


def connect():
    return Salesforce(
        consumer_key=os.environ["SF_CLIENT_ID"],
        consumer_secret=os.environ["SF_CLIENT_SECRET"],
        domain="acme.my",
    )
