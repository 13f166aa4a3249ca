package example;

final class Keys {
  static final String CLIENT_SECRET = """
      {CONSUMER_SECRET}""";
}
