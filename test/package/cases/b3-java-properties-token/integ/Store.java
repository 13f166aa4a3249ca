import java.io.FileWriter;
import java.util.Properties;

class Store {
  static final String URL = "https://login.salesforce.com/services/oauth2/token";

  void save(TokenAnswer answer) throws Exception {
    Properties p = new Properties();
    p.setProperty("accessToken", answer.getAccessToken());
    p.setProperty("refreshToken", answer.getRefreshToken());
    try (FileWriter out = new FileWriter("salesforce.properties")) {
      p.store(out, null);
    }
  }
}
