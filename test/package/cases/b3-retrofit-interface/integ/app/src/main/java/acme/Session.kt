package acme

import retrofit2.Retrofit

class Session(private val settings: Settings) {
    private val api = Retrofit.Builder().baseUrl("https://login.salesforce.com/").build().create(SalesforceApi::class.java)

    suspend fun open(user: String, word: String) = api.token("password", settings.clientId, user, word)
}
