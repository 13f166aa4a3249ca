import os
from simple_salesforce import Salesforce

sf = Salesforce(
    username=os.environ["SF_USER"],
    consumer_key=os.environ["SF_KEY"],
    privatekey_file="/run/secrets/server.key",
)
for row in sf.query_all_iter("SELECT Id FROM Account"):
    print(row["Id"])
