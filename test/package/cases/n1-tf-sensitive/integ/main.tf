variable "sf_client_secret" {
  type      = string
  sensitive = true
}
resource "aws_secretsmanager_secret" "salesforce_client_secret" { name = "acme/salesforce/client_secret" }
resource "aws_secretsmanager_secret_version" "salesforce_client_secret" {
  secret_id     = aws_secretsmanager_secret.salesforce_client_secret.id
  secret_string = var.sf_client_secret
}
