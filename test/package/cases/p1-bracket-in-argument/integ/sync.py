from simple_salesforce import Salesforce

client = Salesforce(domain="test)", username=user, password=secret, security_token=token)
