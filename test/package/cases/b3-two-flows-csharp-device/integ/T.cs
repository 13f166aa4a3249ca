using IdentityModel.Client;

public class T(HttpClient http, O o)
{
    const string Token = "https://login.salesforce.com/services/oauth2/token";

    public Task<DeviceAuthorizationResponse> Old() => http.RequestDeviceAuthorizationAsync(new DeviceAuthorizationRequest { Address = Token, ClientId = o.Id });

    public Task<TokenResponse> Now() => http.RequestClientCredentialsTokenAsync(new ClientCredentialsTokenRequest { Address = Token, ClientId = o.Id, ClientSecret = o.S });
}
