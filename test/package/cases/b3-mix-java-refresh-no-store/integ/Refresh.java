class Refresh {
  synchronized void run(Tenant tenant) throws Exception {
    Answer answer = Json.read(Http.post("https://login.salesforce.com/services/oauth2/token", "grant_type=refresh_token&refresh_token=" + tenant.getRefreshToken() + "&client_id=" + ID), Answer.class);
    tenant.setAccessToken(answer.getAccessToken());
    tenant.setRefreshToken(answer.getRefreshToken());
    entityManager.merge(tenant);
  }
}
