class A {
  String url(String id) {
    return UriComponentsBuilder.fromHttpUrl("https://login.salesforce.com/services/oauth2/authorize").queryParam("response_type", "code").queryParam("client_id", id).queryParam("redirect_uri", CB).toUriString();
  }
}
