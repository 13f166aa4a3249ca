import 'package:shared_preferences/shared_preferences.dart';
Future<void> renew(String old) async {
  final answer = await http.post(Uri.parse('https://login.salesforce.com/services/oauth2/token'), body: {'grant_type': 'refresh_token', 'refresh_token': old});
  final tokens = jsonDecode(answer.body);
  final prefs = await SharedPreferences.getInstance();
  await prefs.setString('rt', tokens['refresh_token']);
}
