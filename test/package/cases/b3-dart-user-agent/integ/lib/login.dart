import 'dart:html' as html;

const clientId = String.fromEnvironment('SF_CLIENT_ID');

void startLogin() {
  final uri = Uri.https('login.salesforce.com', '/services/oauth2/authorize', {
    'response_type': 'token',
    'client_id': clientId,
    'redirect_uri': '${html.window.location.origin}/callback.html',
  });
  html.window.location.assign(uri.toString());
}

String? tokenOf(String fragment) => Uri.splitQueryString(fragment)['access_token'];
