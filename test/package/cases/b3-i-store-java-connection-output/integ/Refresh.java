import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;

class Refresh {
  synchronized String refresh(Tenant tenant) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) new URL("https://login.salesforce.com/services/oauth2/token").openConnection();
    connection.setDoOutput(true);
    String refreshToken = vault.read(tenant.id());
    try (OutputStream out = connection.getOutputStream()) {
      out.write(("grant_type=refresh_token&refresh_token=" + refreshToken + "&client_id=" + ID).getBytes("UTF-8"));
    }
    Answer answer = Json.read(connection.getInputStream(), Answer.class);
    if (answer.refreshToken() != null) vault.write(tenant.id(), answer.refreshToken());
    return answer.accessToken();
  }
}
