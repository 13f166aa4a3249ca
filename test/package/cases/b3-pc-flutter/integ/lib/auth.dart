import 'package:http/http.dart' as http;

Future<http.Response> finish(String code) => http.post(Uri.parse('https://login.salesforce.com/services/oauth2/token'), body: {'grant_type': 'authorization_code', 'code': code, 'client_secret': const String.fromEnvironment('SECRET')});
