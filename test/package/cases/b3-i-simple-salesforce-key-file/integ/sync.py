import os
from simple_salesforce import Salesforce

sf = Salesforce(
    username=os.environ["SF_USER"],
    consumer_key=os.environ["SF_CLIENT_ID"],
    privatekey_file="/run/secrets/sf-jwt.key",
    domain="login",
)
for row in sf.query_all_iter("SELECT Id, Name FROM Account"):
    print(row["Name"])
