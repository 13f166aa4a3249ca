using IdentityModel.Client;

public class T(HttpClient http, O o)
{
    const string Token = "https://login.salesforce.com/services/oauth2/token";

    public Task<TokenResponse> Old() => http.RequestPasswordTokenAsync(new PasswordTokenRequest { Address = Token, ClientId = o.Id, UserName = o.U, Password = o.P });

    public Task<TokenResponse> Now() => http.RequestClientCredentialsTokenAsync(new ClientCredentialsTokenRequest { Address = Token, ClientId = o.Id, ClientSecret = o.S });
}
