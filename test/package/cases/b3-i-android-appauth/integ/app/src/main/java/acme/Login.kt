package acme

import android.content.Context
import android.net.Uri
import androidx.security.crypto.EncryptedSharedPreferences
import androidx.security.crypto.MasterKey
import net.openid.appauth.AuthState
import net.openid.appauth.AuthorizationRequest
import net.openid.appauth.AuthorizationServiceConfiguration
import net.openid.appauth.ResponseTypeValues

class Login(private val context: Context) {
    private val server = AuthorizationServiceConfiguration(
        Uri.parse("https://login.salesforce.com/services/oauth2/authorize"),
        Uri.parse("https://login.salesforce.com/services/oauth2/token"),
    )

    // AppAuth sends code_challenge with every request.
    fun request(): AuthorizationRequest =
        AuthorizationRequest.Builder(server, BuildConfig.SF_CLIENT_ID, ResponseTypeValues.CODE, Uri.parse("acme://oauth"))
            .setScope("api refresh_token")
            .build()

    fun remember(state: AuthState) {
        val key = MasterKey.Builder(context).setKeyScheme(MasterKey.KeyScheme.AES256_GCM).build()
        EncryptedSharedPreferences.create(
            context, "auth", key,
            EncryptedSharedPreferences.PrefKeyEncryptionScheme.AES256_SIV,
            EncryptedSharedPreferences.PrefValueEncryptionScheme.AES256_GCM,
        ).edit().putString("state", state.jsonSerializeString()).apply()
    }
}
