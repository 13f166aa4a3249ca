public class Refresh(HttpClient http, IStore store)
{
    public async Task<string> RunAsync(string tenant)
    {
        var saved = await store.LoadAsync(tenant);
        var response = await http.PostAsync("https://login.salesforce.com/services/oauth2/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token", ["refresh_token"] = saved.RefreshToken, ["client_id"] = Id, ["client_secret"] = Secret,
        }));
        var answer = await response.Content.ReadFromJsonAsync<TokenAnswer>();
        saved.AccessToken = answer.AccessToken;
        await store.SaveAsync(tenant, saved);
        return saved.AccessToken;
    }
}
