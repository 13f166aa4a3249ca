package acme;

import javafx.application.Application;

public class App extends Application {
  static final String SECRET = Config.get("sf.secret");

  String finish(String code) throws Exception {
    return Http.post("https://login.salesforce.com/services/oauth2/token", "grant_type=authorization_code&code=" + code + "&client_secret=" + SECRET);
  }
}
