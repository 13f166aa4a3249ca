library(salesforcer)

sync <- function() {
  sf_auth(username = Sys.getenv("SF_USER"),
          password = Sys.getenv("SF_PASSWORD"),
          security_token = Sys.getenv("SF_TOKEN"))
  sf_query("SELECT Id, Name FROM Account")
}
