public class Auth
{
    public Task<HttpResponseMessage> Finish(HttpClient http, string code) => http.PostAsync("https://login.salesforce.com/services/oauth2/token", new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["client_secret"] = Settings.Secret }));
}
