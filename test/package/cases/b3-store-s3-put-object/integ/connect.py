import json
import boto3
import requests


def finish(code):
    tokens = requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "authorization_code", "code": code}).json()
    boto3.client("s3").put_object(Bucket="acme", Key="sf.json", Body=json.dumps(tokens))
