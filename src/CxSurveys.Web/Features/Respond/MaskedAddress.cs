using System.Globalization;

namespace CxSurveys.Web.Features.Respond;

/// <summary>An email address that its owner recognises and nobody else can use.</summary>
internal static class MaskedAddress
{
    const string Hidden = "•••";

    /// <summary><c>dewi@example.com</c> as <c>d•••@e•••.com</c>, of any length alike; null when it is no address.</summary>
    public static string? Of(string? email)
    {
        if (email?.LastIndexOf('@') is not (> 0 and var at) || at == email.Length - 1) return null;
        var domain = email[(at + 1)..];
        var dot = domain.LastIndexOf('.');
        return $"{First(email)}{Hidden}@{First(domain)}{Hidden}{(dot > 0 ? domain[dot..] : "")}";
    }

    static string First(string text) => StringInfo.GetNextTextElement(text);
}
