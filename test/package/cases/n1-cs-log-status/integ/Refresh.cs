using System.Net.Http;

public sealed class Refresh(HttpClient http, ILogger<Refresh> log, ITokenVault vault)
{
    public async Task<string> RunAsync(string host, string org)
    {
        await using var held = await vault.LockAsync(org);
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = await vault.ReadAsync("sf-id"),
            ["refresh_token"] = await vault.ReadAsync(org),
        });
        var answer = await http.PostAsync($"{host}/services/oauth2/token", form);
        log.LogInformation("Token endpoint answered {Status}", answer.StatusCode);
        var tokens = await answer.Content.ReadFromJsonAsync<Tokens>();
        await vault.SaveAsync(org, tokens!.RefreshToken);
        return tokens.AccessToken;
    }
}
