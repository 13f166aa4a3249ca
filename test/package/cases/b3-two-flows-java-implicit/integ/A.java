import com.google.api.client.auth.oauth2.BrowserClientRequestUrl;

class A {
  static final String HOST = "https://login.salesforce.com/services/oauth2/";

  String old(S s) {
    return new BrowserClientRequestUrl(HOST + "authorize", s.id()).build();
  }

  String now(S s) throws Exception {
    return post(HOST + "token", "grant_type=client_credentials&client_id=" + s.id());
  }
}
