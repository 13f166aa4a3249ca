import com.google.api.client.auth.oauth2.BearerToken;
import com.google.api.client.auth.oauth2.Credential;
import com.google.api.client.http.GenericUrl;

class A {
  String fresh(String refresh) throws Exception {
    Credential c = new Credential.Builder(BearerToken.authorizationHeaderAccessMethod()).setTokenServerUrl(new GenericUrl("https://login.salesforce.com/services/oauth2/token")).setTransport(T).setJsonFactory(J).setClientAuthentication(AUTH).build();
    c.setRefreshToken(refresh);
    c.refreshToken();
    return c.getAccessToken();
  }
}
