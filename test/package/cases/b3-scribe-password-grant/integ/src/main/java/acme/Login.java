package acme;

import com.github.scribejava.apis.SalesforceApi;
import com.github.scribejava.core.builder.ServiceBuilder;
import com.github.scribejava.core.oauth.OAuth20Service;

public class Login {
  public String token(Settings s) throws Exception {
    OAuth20Service service = new ServiceBuilder(s.clientId()).apiSecret(s.clientSecret()).build(SalesforceApi.instance());
    return service.getAccessTokenPasswordGrant(s.user(), s.word()).getAccessToken();
  }
}
