import java.security.KeyStore;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

class Keep {
  void finish(KeyStore store, char[] pin, String code, String verifier) throws Exception {
    Answer answer = Json.read(Http.post("https://login.salesforce.com/services/oauth2/token", "grant_type=authorization_code&code=" + code + "&code_verifier=" + verifier), Answer.class);
    SecretKey entry = new SecretKeySpec(answer.refreshToken().getBytes("UTF-8"), "RAW");
    store.setEntry("sf", new KeyStore.SecretKeyEntry(entry), new KeyStore.PasswordProtection(pin));
  }
}
