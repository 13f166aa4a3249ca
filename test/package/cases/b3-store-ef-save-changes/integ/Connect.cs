public class Connect(HttpClient http, Db db)
{
    public async Task Finish(Tenant tenant, FormUrlEncodedContent form)
    {
        var response = await http.PostAsync("https://login.salesforce.com/services/oauth2/token", form);
        var answer = await response.Content.ReadFromJsonAsync<TokenAnswer>();
        tenant.RefreshToken = answer.RefreshToken;
        await db.SaveChangesAsync();
    }
}
