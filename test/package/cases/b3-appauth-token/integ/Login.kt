package acme

import android.net.Uri
import net.openid.appauth.AuthorizationRequest
import net.openid.appauth.AuthorizationServiceConfiguration
import net.openid.appauth.ResponseTypeValues

val server = AuthorizationServiceConfiguration(
    Uri.parse("https://login.salesforce.com/services/oauth2/authorize"),
    Uri.parse("https://login.salesforce.com/services/oauth2/token"),
)
fun request(id: String) = AuthorizationRequest.Builder(server, id, ResponseTypeValues.TOKEN, Uri.parse("acme://cb")).build()
