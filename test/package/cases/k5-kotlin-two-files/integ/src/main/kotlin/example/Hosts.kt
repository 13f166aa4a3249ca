package example

object Hosts {
    const val TOKEN = "https://login.salesforce.com/services/oauth2/token"
}
