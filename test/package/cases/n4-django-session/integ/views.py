import requests


def callback(request):
    tokens = requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "authorization_code", "code": request.GET["code"]}).json()
    request.session["sf"] = tokens["access_token"]
    return redirect("/")
