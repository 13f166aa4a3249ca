package example;

import java.net.URI;
import java.net.http.*;
import org.slf4j.*;

class Tokens {
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    String fetch(HttpClient http, String host, String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(host + "/services/oauth2/token")).header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form)).build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        LOG.debug("token endpoint: {} {}", answer.statusCode(), answer.body());
        return answer.body();
    }
}
