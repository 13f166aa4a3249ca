import io.ktor.client.HttpClient
import io.ktor.client.request.forms.submitForm
import io.ktor.client.statement.bodyAsText
import io.ktor.http.parameters

suspend fun HttpClient.salesforceToken(env: Map<String, String>): String {
    val host = env["SF_HOST"] ?: "login.salesforce.com"
    return submitForm(
        url = "https://$host/services/oauth2/token",
        formParameters = parameters {
            append("grant_type", "password")
            append("client_id", env.getValue("SF_CLIENT_ID"))
            append("client_secret", env.getValue("SF_CLIENT_SECRET"))
            append("username", env.getValue("SF_USER"))
            append("password", env.getValue("SF_PASSWORD"))
        },
    ).bodyAsText()
}
