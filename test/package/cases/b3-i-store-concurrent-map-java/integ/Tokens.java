import java.util.concurrent.ConcurrentHashMap;
import java.util.Map;

class Tokens {
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  String get(String tenant) throws Exception {
    String body = post("https://acme.my.salesforce.com/services/oauth2/token", "grant_type=client_credentials&client_id=" + ID + "&client_secret=" + SECRET);
    String accessToken = Json.read(body, "access_token");
    tokens.put(tenant, accessToken);
    return accessToken;
  }
}
