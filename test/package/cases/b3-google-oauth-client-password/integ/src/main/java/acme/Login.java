package acme;

import com.google.api.client.auth.oauth2.ClientParametersAuthentication;
import com.google.api.client.auth.oauth2.PasswordTokenRequest;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;

public class Login {
  public String token(Settings s) throws Exception {
    return new PasswordTokenRequest(new NetHttpTransport(), new GsonFactory(),
        new GenericUrl("https://login.salesforce.com/services/oauth2/token"), s.user(), s.word())
        .setClientAuthentication(new ClientParametersAuthentication(s.id(), s.secret()))
        .execute().getAccessToken();
  }
}
