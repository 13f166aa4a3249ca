public class A
{
    public string Url(string id) => $"https://login.salesforce.com/services/oauth2/authorize?response_type=code&client_id={id}&redirect_uri={Uri.EscapeDataString(Cb)}";
}
