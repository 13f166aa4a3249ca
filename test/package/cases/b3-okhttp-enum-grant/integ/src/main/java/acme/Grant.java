package acme;

enum Grant {
  ROPC("password"),
  REFRESH("refresh_token");

  final String wire;

  Grant(String wire) {
    this.wire = wire;
  }
}
