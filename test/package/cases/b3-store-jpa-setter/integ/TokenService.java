class TokenService {
  private static final String URL = "https://login.salesforce.com/services/oauth2/token";

  void finish(Tenant tenant, String code) {
    TokenAnswer answer = rest.postForObject(URL, form(code), TokenAnswer.class);
    tenant.setRefreshToken(answer.getRefreshToken());
    tenants.save(tenant);
  }
}
