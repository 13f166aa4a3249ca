class Fresh(private val store: Store) : Authenticator {
    override fun authenticate(route: Route?, response: Response): Request? {
        val form = FormBody.Builder().add("grant_type", "refresh_token").add("refresh_token", store.refresh()).add("client_id", ID).build()
        val answer = http.newCall(Request.Builder().url("https://login.salesforce.com/services/oauth2/token").post(form).build()).execute().body!!.string()
        val token = JSONObject(answer).getString("access_token")
        store.saveAccess(token)
        return response.request.newBuilder().header("Authorization", "Bearer $token").build()
    }
}
