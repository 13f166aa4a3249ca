package acme;

import com.google.api.client.auth.oauth2.BrowserClientRequestUrl;

public class Login {
  String url(String clientId) {
    return new BrowserClientRequestUrl("https://login.salesforce.com/services/oauth2/authorize", clientId)
        .setRedirectUri("https://app.acme.example/cb").build();
  }
}
