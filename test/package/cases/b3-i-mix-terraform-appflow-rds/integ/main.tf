resource "aws_appflow_connector_profile" "sf" {
  name           = "salesforce"
  connector_type = "Salesforce"
}

resource "aws_db_instance" "main" {
  engine   = "postgres"
  username = "sync"
  password = random_password.db.result
}
