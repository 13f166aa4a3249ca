using IdentityModel.Client;

public class A(HttpClient http, IVault vault, O o)
{
    private readonly SemaphoreSlim gate = new(1, 1);

    public async Task<string> Run(string tenant)
    {
        await gate.WaitAsync();
        try
        {
            var saved = await vault.ReadAsync(tenant);
            var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = saved.RefreshToken, ["client_id"] = o.Id, ["client_secret"] = o.S });
            var response = await http.PostAsync("https://login.salesforce.com/services/oauth2/token", form);
            var answer = await response.Content.ReadFromJsonAsync<TokenAnswer>();
            await vault.WriteAsync(tenant, answer.AccessToken, answer.RefreshToken ?? saved.RefreshToken);
            return answer.AccessToken;
        }
        finally
        {
            gate.Release();
        }
    }
}
