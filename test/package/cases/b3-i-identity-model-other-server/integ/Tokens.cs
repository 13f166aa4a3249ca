using IdentityModel.Client;

public class Tokens(HttpClient http, Options options)
{
    // The warehouse has an identity server of its own.
    public Task<TokenResponse> WarehouseAsync() => http.RequestPasswordTokenAsync(new PasswordTokenRequest
    {
        Address = "https://id.warehouse.example/connect/token",
        ClientId = options.WarehouseClient,
        UserName = options.WarehouseUser,
        Password = options.WarehousePassword,
    });

    public Task<TokenResponse> SalesforceAsync() => http.RequestClientCredentialsTokenAsync(new ClientCredentialsTokenRequest
    {
        Address = "https://acme.my.salesforce.com/services/oauth2/token",
        ClientId = options.SalesforceClient,
        ClientSecret = options.SalesforceSecret,
    });
}
