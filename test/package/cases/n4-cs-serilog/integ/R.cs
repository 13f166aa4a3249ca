public sealed class R(HttpClient http)
{
    public async Task<Tokens> Run(HttpContent form)
    {
        var answer = await http.PostAsync("https://login.salesforce.com/services/oauth2/token", form);
        var tokens = await answer.Content.ReadFromJsonAsync<Tokens>();
        Log.Information("Received {@Tokens}", tokens);
        return tokens!;
    }
}
