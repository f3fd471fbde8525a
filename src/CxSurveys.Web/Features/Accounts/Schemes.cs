namespace CxSurveys.Web.Features.Accounts;

internal static class Schemes
{
    /// <summary>A person who signed in.</summary>
    public const string Cookie = "Cookie";

    /// <summary>Another system with its key.</summary>
    public const string ApiKey = "ApiKey";

    /// <summary>Whichever of the two a request uses.</summary>
    public const string Either = "Either";
}

internal static class Claims
{
    public const string Session = "session";

    /// <summary>Apart from a person's role, so that no key opens a page and no cookie the API.</summary>
    public const string KeyRole = "key-role";
}
