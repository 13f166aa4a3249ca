package acme;

class Auth {
  String finish(String code) throws Exception {
    return Http.post("https://login.salesforce.com/services/oauth2/token", "grant_type=authorization_code&code=" + code + "&client_secret=" + Config.get("sf.secret"));
  }
}
