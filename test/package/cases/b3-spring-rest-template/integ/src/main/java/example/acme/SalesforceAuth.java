package example.acme;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestTemplate;

@Component
public class SalesforceAuth {
  @Value("${salesforce.token-url}")
  private String tokenUrl;

  private final RestTemplate rest = new RestTemplate();

  public String token(String user, String secretWord) {
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.add("grant_type", "password");
    form.add("username", user);
    form.add("password", secretWord);
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
    return rest.postForObject(tokenUrl, new HttpEntity<>(form, headers), TokenResponse.class).accessToken();
  }
}
