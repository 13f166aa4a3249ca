using Microsoft.Win32;

public static class Store
{
    const string Url = "https://login.salesforce.com/services/oauth2/token";

    public static void Keep(TokenAnswer answer)
    {
        using var key = Registry.CurrentUser.CreateSubKey("Acme");
        key.SetValue("refresh", answer.RefreshToken);
    }
}
