package example

import okhttp3.FormBody
import okhttp3.OkHttpClient
import okhttp3.Request

class Login(private val client: OkHttpClient) {
    fun open(user: String, word: String) = client.newCall(
        Request.Builder().url(Hosts.TOKEN)
            .post(FormBody.Builder().add("grant_type", "password").add("username", user).add("password", word).build())
            .build()
    ).execute()
}
