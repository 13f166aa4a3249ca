data "aws_secretsmanager_secret_version" "sf" {
  secret_id = "acme/salesforce"
}

resource "aws_ecs_task_definition" "sync" {
  family = "sync"
  container_definitions = jsonencode([{
    name    = "sync"
    image   = "registry.acme.example/sync:1.4.2"
    secrets = [{ name = "SF_SECRET", valueFrom = data.aws_secretsmanager_secret_version.sf.arn }]
  }])
}
