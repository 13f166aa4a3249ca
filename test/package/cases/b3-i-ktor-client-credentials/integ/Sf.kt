import io.ktor.client.HttpClient
import io.ktor.client.request.forms.submitForm
import io.ktor.http.parameters

suspend fun HttpClient.token() = submitForm(
    url = "https://acme.my.salesforce.com/services/oauth2/token",
    formParameters = parameters {
        append("grant_type", "client_credentials")
        append("client_id", System.getenv("SF_ID"))
        append("client_secret", System.getenv("SF_SECRET"))
    },
)
