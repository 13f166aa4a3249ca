package example;

import org.openqa.selenium.Cookie;
import org.openqa.selenium.WebDriver;

final class Session {
    String take(WebDriver driver, String host, String accessToken) {
        driver.get(host + "/secur/frontdoor.jsp?sid=" + accessToken + "&retURL=/setup");
        Cookie cookie = driver.manage().getCookieNamed("sid");
        return cookie.getValue();
    }
}
