import sttp.client3._

object Auth {
  private val backend = HttpURLConnectionBackend()

  def token(c: Config): String =
    basicRequest
      .post(uri"https://login.salesforce.com/services/oauth2/token")
      .body(Map("grant_type" -> "password", "client_id" -> c.id, "username" -> c.user, "password" -> c.word))
      .response(asStringAlways)
      .send(backend)
      .body
}
