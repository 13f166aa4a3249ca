package acme;

import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;

class Login {
  private static final String HOST = "https://test.salesforce.com";
  private final OkHttpClient http = new OkHttpClient();

  String login(Settings s) throws Exception {
    FormBody body = new FormBody.Builder()
        .add("grant_type", Grant.ROPC.wire)
        .add("client_id", s.clientId())
        .add("client_secret", s.clientSecret())
        .add("username", s.user())
        .add("password", s.password())
        .build();
    Request request = new Request.Builder().url(HOST + "/services/oauth2/token").post(body).build();
    try (var response = http.newCall(request).execute()) {
      return Json.read(response.body().string(), "access_token");
    }
  }
}
