import os
from salesforce_bulk import SalesforceBulk

bulk = SalesforceBulk(username=os.environ["SF_USER"], password=os.environ["SF_PW"], security_token=os.environ["SF_TOKEN"])
job = bulk.create_insert_job("Account", contentType="CSV")
