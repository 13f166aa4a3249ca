import os
import requests
from cryptography.fernet import Fernet
from .models import Tenant

box = Fernet(os.environ["KEY"])


def finish(tenant_id, code, verifier):
    tokens = requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "authorization_code", "code": code, "code_verifier": verifier}).json()
    tenant = Tenant.objects.get(pk=tenant_id)
    tenant.refresh_token = box.encrypt(tokens["refresh_token"].encode())
    tenant.save()
