from simple_salesforce import Salesforce
import os

ARGS = {"username": os.environ["U"], "consumer_key": os.environ["K"], "privatekey_file": "/run/key"}
sf = Salesforce(**ARGS)
