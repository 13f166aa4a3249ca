import boto3
import requests

table = boto3.resource("dynamodb").Table("tenants")


def finish(tenant, code):
    tokens = requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "authorization_code", "code": code}).json()
    table.put_item(Item={"tenant": tenant, "refresh": tokens["refresh_token"]})
