import com.google.api.client.auth.oauth2.ClientCredentialsTokenRequest;
import com.google.api.client.auth.oauth2.PasswordTokenRequest;

class A {
  static final String TOKEN = "https://login.salesforce.com/services/oauth2/token";

  String old(S s) throws Exception {
    return new PasswordTokenRequest(T, J, new GenericUrl(TOKEN), s.user(), s.word()).execute().getAccessToken();
  }

  String now(S s) throws Exception {
    var form = "grant_type=client_credentials&client_id=" + s.id();
    return post(TOKEN, form);
  }
}
