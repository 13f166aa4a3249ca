import os
import urllib3
from xml.sax.saxutils import escape

pool = urllib3.PoolManager()

ENVELOPE = """<?xml version="1.0" encoding="utf-8" ?>
<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/">
  <env:Body>
    <n1:login xmlns:n1="urn:partner.soap.sforce.com">
      <n1:username>{user}</n1:username>
      <n1:password>{password}</n1:password>
    </n1:login>
  </env:Body>
</env:Envelope>"""


def session():
    body = ENVELOPE.format(user=escape(os.environ["SF_USER"]), password=escape(os.environ["SF_PASS"]))
    return pool.request("POST", "https://login.salesforce.com/services/Soap/u/59.0", body=body,
                        headers={"Content-Type": "text/xml", "SOAPAction": "login"})
