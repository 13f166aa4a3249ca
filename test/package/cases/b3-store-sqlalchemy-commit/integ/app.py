import httpx
from .db import Session, Tenant


def finish(code, verifier, tenant_id):
    tokens = httpx.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "authorization_code", "code": code, "code_verifier": verifier}).json()
    with Session() as db:
        tenant = db.get(Tenant, tenant_id)
        tenant.refresh_token = tokens["refresh_token"]
        db.commit()
