import requests
from .models import Account


def callback(request):
    answer = requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "authorization_code", "code": request.GET["code"], "code_verifier": request.session["v"]})
    data = answer.json()
    account = Account.objects.get(pk=request.user.pk)
    account.sf_refresh_token = data["refresh_token"]
    account.save()
