import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

class SecurityConfig {
  void filter(HttpSecurity http) throws Exception {
    http.formLogin(form -> form.loginPage("/login").usernameParameter("user").passwordParameter("password"));
  }

  Object token(String user, String word) {
    return new UsernamePasswordAuthenticationToken(user, word);
  }
}
