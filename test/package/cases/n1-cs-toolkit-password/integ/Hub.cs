using Salesforce.Common;
using Salesforce.Force;

namespace Acme.Sync;

internal static class Hub
{
    public static async Task<ForceClient> OpenAsync(IConfiguration c)
    {
        using var auth = new AuthenticationClient();
        await auth.UsernamePasswordAsync(c["Sf:Id"], c["Sf:Secret"], c["Sf:User"], c["Sf:Pass"]);
        return new ForceClient(auth.InstanceUrl, auth.AccessToken, auth.ApiVersion);
    }
}
