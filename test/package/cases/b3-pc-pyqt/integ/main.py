import sys
import requests
from PyQt6.QtWidgets import QApplication
from settings import CLIENT_ID, CLIENT_SECRET


def finish(code):
    return requests.post("https://login.salesforce.com/services/oauth2/token", data={"grant_type": "authorization_code", "code": code, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "redirect_uri": "http://localhost:8765/cb"}).json()


app = QApplication(sys.argv)
sys.exit(app.exec())
