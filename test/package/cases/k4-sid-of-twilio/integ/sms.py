import os
from twilio.rest import Client

def send(to, text):
    client = Client(os.environ['TWILIO_SID'], os.environ['TWILIO_TOKEN'])
    message = client.messages.create(body=text, to=to)
    return message.sid
