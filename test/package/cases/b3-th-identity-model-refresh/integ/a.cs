using IdentityModel.Client;

public class A(HttpClient http, O o)
{
    public async Task<string> Run(string refresh)
    {
        var answer = await http.RequestRefreshTokenAsync(new RefreshTokenRequest { Address = "https://login.salesforce.com/services/oauth2/token", ClientId = o.Id, ClientSecret = o.S, RefreshToken = refresh });
        return answer.AccessToken!;
    }
}
