using IdentityModel.Client;

public class TokenService(HttpClient http, SfOptions options)
{
    private const string Authority = "https://login.salesforce.com";

    public async Task<string> GetAsync(CancellationToken stop)
    {
        var response = await http.RequestPasswordTokenAsync(new PasswordTokenRequest
        {
            Address = Authority + "/services/oauth2/token",
            ClientId = options.ClientId,
            ClientSecret = options.ClientSecret,
            UserName = options.User,
            Password = options.Password,
        }, stop);
        return response.AccessToken!;
    }
}
