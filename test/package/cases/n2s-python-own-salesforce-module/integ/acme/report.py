from acme.salesforce.names import STAGES

print(len(STAGES))
