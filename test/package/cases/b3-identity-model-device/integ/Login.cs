using IdentityModel.Client;

public class Login(HttpClient http)
{
    public Task<DeviceAuthorizationResponse> StartAsync(string id) => http.RequestDeviceAuthorizationAsync(new DeviceAuthorizationRequest
    {
        Address = "https://login.salesforce.com/services/oauth2/token",
        ClientId = id,
    });
}
