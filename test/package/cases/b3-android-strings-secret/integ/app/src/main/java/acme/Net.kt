package acme

import okhttp3.FormBody

fun form(context: android.content.Context, code: String) = FormBody.Builder()
    .add("grant_type", "authorization_code")
    .add("code", code)
    .add("client_secret", context.getString(R.string.sf_client_secret))
    .build()
const val URL = "https://login.salesforce.com/services/oauth2/token"
