package example

import android.net.Uri
import android.webkit.WebView

fun WebView.signIn(key: String) = loadUrl(
    Uri.Builder().scheme("https").authority("login.salesforce.com").path("/services/oauth2/authorize")
        .appendQueryParameter("response_type", "token")
        .appendQueryParameter("client_id", key)
        .appendQueryParameter("redirect_uri", "acme://cb").build().toString()
)
