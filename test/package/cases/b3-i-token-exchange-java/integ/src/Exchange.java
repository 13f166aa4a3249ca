import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

class Exchange {
  String exchange(String subjectToken) throws Exception {
    String form = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
        + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token"
        + "&subject_token=" + URLEncoder.encode(subjectToken, StandardCharsets.UTF_8)
        + "&client_id=" + System.getenv("SF_CLIENT_ID")
        + "&client_secret=" + System.getenv("SF_CLIENT_SECRET");
    HttpRequest request = HttpRequest.newBuilder(URI.create("https://acme.my.salesforce.com/services/oauth2/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
