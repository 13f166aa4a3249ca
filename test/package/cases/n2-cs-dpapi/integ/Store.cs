public sealed class Store(HttpClient http)
{
    public async Task Renew(FormUrlEncodedContent form)
    {
        var answer = await http.PostAsync("https://login.salesforce.com/services/oauth2/token", form);
        var tokens = await answer.Content.ReadFromJsonAsync<Tokens>();
        var kept = ProtectedData.Protect(Encoding.UTF8.GetBytes(tokens!.RefreshToken), null, DataProtectionScope.CurrentUser);
        await File.WriteAllBytesAsync("sf.bin", kept);
    }
}
