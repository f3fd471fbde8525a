using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace CxSurveys.Web.Features.People;

/// <summary>The address of a person's page. The company's ids may hold any character, addresses may not.</summary>
public static class PersonAddress
{
    const string Start = "/people/";

    /// <summary>Pages beside the person's; an id may be the same word.</summary>
    static readonly string[] OtherPages = ["import", "merge", "new", "suppressed"];

    public static string Of(string key) => Start + (IsPlain(key) ? Uri.EscapeDataString(key) : "~" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key)));

    public static string Of(Person person) => Of(person.Key);

    // Read from what was asked for: the server leaves %2F in a path as it is and so cannot tell "a/b" from "a%2Fb".
    internal static string KeyOf(HttpContext http, string routeValue)
    {
        string asked = http.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0] ?? "";
        string key = asked.StartsWith(Start, StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(asked[Start.Length..].TrimEnd('/')) : routeValue;
        return key is ['~', .. var coded] && Decode(coded) is { } decoded ? decoded : key;
    }

    // Browsers and proxies rewrite slashes, backslashes, dots alone and coded percent signs.
    static bool IsPlain(string key) =>
        key[0] != '~' && key.Any(c => c != '.') && !key.Any(c => c is '/' or '\\' or '%' || char.IsControl(c)) && !OtherPages.Contains(key, StringComparer.OrdinalIgnoreCase);

    static string? Decode(string coded) => Base64Url.IsValid(coded) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(coded)) : null;
}
