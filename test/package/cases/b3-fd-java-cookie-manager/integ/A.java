import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

class A {
  String sid(String frontdoorUri) throws Exception {
    CookieManager jar = new CookieManager();
    HttpClient client = HttpClient.newBuilder().cookieHandler(jar).build();
    client.send(HttpRequest.newBuilder(URI.create(frontdoorUri)).build(), BodyHandlers.discarding());
    return jar.getCookieStore().getCookies().stream().filter(c -> "sid".equals(c.getName())).findFirst().get().getValue();
  }
}
