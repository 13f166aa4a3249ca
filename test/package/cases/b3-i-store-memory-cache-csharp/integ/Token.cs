using Microsoft.Extensions.Caching.Memory;

public class Token(HttpClient http, IMemoryCache cache)
{
    public async Task<string> Get(FormUrlEncodedContent unused)
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = Id, ["client_secret"] = Secret });
        var response = await http.PostAsync("https://acme.my.salesforce.com/services/oauth2/token", form);
        var answer = await response.Content.ReadFromJsonAsync<TokenAnswer>();
        cache.Set("sf", answer.AccessToken, TimeSpan.FromMinutes(10));
        return answer.AccessToken;
    }
}
