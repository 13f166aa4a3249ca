using System.Web;

public static class Ui
{
    public static string? Session(SingleAccess answer) =>
        HttpUtility.ParseQueryString(new Uri(answer.FrontdoorUri).Query)["sid"];
}

public record SingleAccess([property: JsonPropertyName("frontdoor_uri")] string FrontdoorUri);
