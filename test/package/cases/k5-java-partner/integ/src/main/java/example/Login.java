package example;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.ws.ConnectorConfig;

public class Login {
  public PartnerConnection open(String user, String word) throws Exception {
    ConnectorConfig config = new ConnectorConfig();
    config.setAuthEndpoint("https://login.salesforce.com/services/Soap/u/58.0");
    config.setUsername(user);
    config.setPassword(word);
    return new PartnerConnection(config);
  }
}
