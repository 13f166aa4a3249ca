package example;
public class Main {
  public static void main(String[] a) throws Exception {
    String body = post("https://login.salesforce.com/services/oauth2/token", form(a));
    String accessToken = new JSONObject(body).getString("access_token");
    System.out.println("token " + accessToken);
  }
}
