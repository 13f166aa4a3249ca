package acme;

import com.fasterxml.jackson.databind.JsonNode;
import org.springframework.web.util.UriComponentsBuilder;

class Frontdoor {
  String sessionId(JsonNode singleAccessAnswer) {
    String uri = singleAccessAnswer.get("frontdoor_uri").asText();
    return UriComponentsBuilder.fromUriString(uri).build().getQueryParams().getFirst("sid");
  }
}
