from airflow.providers.salesforce.hooks.salesforce import SalesforceHook


def pull():
    return SalesforceHook(salesforce_conn_id="salesforce").make_query("SELECT Id FROM Account")
