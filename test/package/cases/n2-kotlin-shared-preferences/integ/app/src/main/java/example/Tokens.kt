package example
class Tokens(private val context: Context, private val http: OkHttpClient) {
    fun renew(old: String) {
        val form = FormBody.Builder().add("grant_type", "refresh_token").add("refresh_token", old).add("client_id", BuildConfig.SF_KEY).build()
        val answer = http.newCall(Request.Builder().url("https://login.salesforce.com/services/oauth2/token").post(form).build()).execute()
        val json = JSONObject(answer.body!!.string())
        context.getSharedPreferences("sf", Context.MODE_PRIVATE).edit().putString("refresh_token", json.getString("refresh_token")).apply()
    }
}
