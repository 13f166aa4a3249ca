using Acme.SforcePartner;
public static class Soap
{
    public static SforceService Open(string user, string secret)
    {
        var binding = new SforceService { Timeout = 60000 };
        LoginResult result = binding.login(user, secret);
        binding.Url = result.serverUrl;
        binding.SessionHeaderValue = new SessionHeader { sessionId = result.sessionId };
        return binding;
    }
}
