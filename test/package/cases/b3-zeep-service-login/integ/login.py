import os
from zeep import Client

client = Client("wsdl/partner.wsdl")
result = client.service.login(os.environ["SF_USER"], os.environ["SF_PW"] + os.environ["SF_TOKEN"])
session = result["sessionId"]
