import sttp.client3._

object Auth {
  def token(assertion: String): String =
    basicRequest
      .post(uri"https://login.salesforce.com/services/oauth2/token")
      .body(Map("grant_type" -> "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion" -> assertion))
      .response(asStringAlways)
      .send(HttpURLConnectionBackend())
      .body
}
