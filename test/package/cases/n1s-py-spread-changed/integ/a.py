from simple_salesforce import Salesforce
import os

args = {"username": os.environ["U"]}
args["password"] = os.environ["P"]
args["security_token"] = os.environ["T"]
sf = Salesforce(**args)
