df = (
    spark.read.format("com.springml.spark.salesforce")
    .option("username", dbutils.secrets.get("sf", "user"))
    .option("password", dbutils.secrets.get("sf", "password"))
    .option("soql", "SELECT Id, Name FROM Account")
    .load()
)
