import 'package:flutter_appauth/flutter_appauth.dart';

Future<void> signIn() async {
  await const FlutterAppAuth().authorizeAndExchangeCode(AuthorizationTokenRequest(
    const String.fromEnvironment('SF_ID'), 'acme://oauth',
    clientSecret: const String.fromEnvironment('SF_SECRET'),
    serviceConfiguration: const AuthorizationServiceConfiguration(
      authorizationEndpoint: 'https://login.salesforce.com/services/oauth2/authorize',
      tokenEndpoint: 'https://login.salesforce.com/services/oauth2/token'),
    scopes: ['api', 'refresh_token']));
}
