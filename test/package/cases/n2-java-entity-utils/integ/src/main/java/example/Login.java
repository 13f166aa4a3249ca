package example;
final class Login {
    private static final String TOKEN_URL = "https://login.salesforce.com/services/oauth2/token";
    String login(CloseableHttpClient http, List<NameValuePair> form) throws IOException {
        HttpPost post = new HttpPost(TOKEN_URL);
        post.setEntity(new UrlEncodedFormEntity(form));
        try (CloseableHttpResponse response = http.execute(post)) {
            String body = EntityUtils.toString(response.getEntity());
            logger.debug("Response: " + body);
            return new JSONObject(body).getString("access_token");
        }
    }
}
