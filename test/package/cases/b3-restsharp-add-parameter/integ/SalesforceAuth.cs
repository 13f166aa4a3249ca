using RestSharp;

namespace Acme.Sync;

public class SalesforceAuth(IConfiguration config)
{
    public async Task<string> LoginAsync()
    {
        var client = new RestClient("https://login.salesforce.com");
        var request = new RestRequest("/services/oauth2/token", Method.Post);
        request.AddParameter("grant_type", "password");
        request.AddParameter("client_id", config["Sf:ClientId"]);
        request.AddParameter("client_secret", config["Sf:ClientSecret"]);
        request.AddParameter("username", config["Sf:User"]);
        request.AddParameter("password", config["Sf:Password"]);
        var answer = await client.ExecuteAsync<TokenAnswer>(request);
        return answer.Data!.AccessToken;
    }
}
