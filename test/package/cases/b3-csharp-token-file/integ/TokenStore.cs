using System.IO;
using System.Text.Json;

namespace Acme.Desktop;

public record SalesforceToken(string AccessToken, string RefreshToken, string InstanceUrl);

public class TokenStore
{
    private readonly string path = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "Acme", "salesforce.json");

    public void Save(SalesforceToken token) => File.WriteAllText(path, JsonSerializer.Serialize(token));

    public SalesforceToken Load() => JsonSerializer.Deserialize<SalesforceToken>(File.ReadAllText(path))!;
}
