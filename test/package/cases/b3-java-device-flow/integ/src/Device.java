import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

class Device {
  static final URI TOKEN = URI.create("https://login.salesforce.com/services/oauth2/token");

  String start(String clientId) throws Exception {
    return post("response_type=device_code&client_id=" + clientId + "&scope=api");
  }

  String poll(String clientId, String code) throws Exception {
    return post("grant_type=device&client_id=" + clientId + "&code=" + code);
  }

  private String post(String form) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(TOKEN)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
