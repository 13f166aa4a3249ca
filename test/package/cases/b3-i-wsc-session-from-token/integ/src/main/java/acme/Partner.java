package acme;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.ws.ConnectionException;
import com.sforce.ws.ConnectorConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

public class Partner {
  static String token(String assertion) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create("https://login.salesforce.com/services/oauth2/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + assertion))
        .build();
    return Json.field(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body(), "access_token");
  }

  static PartnerConnection connect(String accessToken, String instanceUrl) throws ConnectionException {
    ConnectorConfig config = new ConnectorConfig();
    config.setManualLogin(true);
    config.setServiceEndpoint(instanceUrl + "/services/Soap/u/60.0");
    config.setSessionId(accessToken);
    return new PartnerConnection(config);
  }
}
