using System.Text.Json;

public class Token(HttpClient http, IConfiguration config)
{
    public async Task<string> GetAsync()
    {
        var answer = await http.PostAsync($"{config["Salesforce:LoginUrl"]}/services/oauth2/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = config["Salesforce:ClientId"]!,
            ["client_secret"] = config["Salesforce:ClientSecret"]!,
        }));
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("access_token").GetString()!;
    }
}
