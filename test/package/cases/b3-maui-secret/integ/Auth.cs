public class Auth
{
    public async Task<string> Finish(HttpClient http, string code)
    {
        var answer = await http.PostAsync("https://login.salesforce.com/services/oauth2/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["client_secret"] = Secrets.ClientSecret,
        }));
        return await answer.Content.ReadAsStringAsync();
    }
}
