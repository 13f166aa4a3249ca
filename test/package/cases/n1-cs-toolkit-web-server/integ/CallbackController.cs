using Microsoft.AspNetCore.Mvc;
using Salesforce.Common;

[ApiController]
public sealed class CallbackController(ISecretStore secrets, ITokenVault vault) : ControllerBase
{
    [HttpGet("/cb")]
    public async Task<IActionResult> Get(string code)
    {
        using var auth = new AuthenticationClient();
        await auth.WebServerAsync(await secrets.Get("sf-id"), await secrets.Get("sf-secret"), "https://app.acme.example/cb", code);
        await vault.SaveEncrypted(User.Identity!.Name!, auth.RefreshToken);
        return Redirect("/");
    }
}
