package acme;

import com.force.api.ApiConfig;
import com.force.api.ForceApi;

public class Api {
  static ForceApi open(Settings s) {
    return new ForceApi(new ApiConfig().setUsername(s.user()).setPassword(s.word()).setClientId(s.id()).setClientSecret(s.secret()));
  }
}
