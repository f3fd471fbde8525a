using System.Net;
using System.Text.RegularExpressions;

namespace CxSurveys.Web.Tests.Respond;

/// <summary>A customer's browser without JavaScript: reads a page, fills in its form, follows where it is sent.</summary>
internal static partial class CustomerPages
{
    public static async Task<Page> OpenAsync(this HttpClient browser, string address, string? acceptLanguage = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (acceptLanguage is not null) request.Headers.TryAddWithoutValidation("Accept-Language", acceptLanguage);
        return await browser.ReadAsync(request);
    }

    /// <summary>Sends a page's form with what it carries and these entries.</summary>
    public static async Task<Page> SendAsync(this HttpClient browser, Page page, params (string Name, string Value)[] entries)
    {
        var fields = entries.Select(e => KeyValuePair.Create(e.Name, e.Value)).ToList();
        if (page.Seal is { } seal) fields.Add(new("form", seal));
        if (page.Seen is { } seen) fields.Add(new("Seen", seen));
        if (page.Number is { } number) fields.Add(new("Page", number));
        using var request = new HttpRequestMessage(HttpMethod.Post, page.PostTo) { Content = new FormUrlEncodedContent(fields) };
        return await browser.ReadAsync(request);
    }

    /// <summary>Sends, and goes where the answer says.</summary>
    public static async Task<Page> SendAndFollowAsync(this HttpClient browser, Page page, params (string Name, string Value)[] entries)
    {
        var sent = await browser.SendAsync(page, entries);
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        return await browser.OpenAsync(sent.Location!);
    }

    static async Task<Page> ReadAsync(this HttpClient browser, HttpRequestMessage request)
    {
        using var response = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var headers = response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new Page(response.StatusCode, request.RequestUri!.OriginalString, System.Text.Encoding.UTF8.GetString(bytes), bytes.Length, headers);
    }

    internal sealed record Page(HttpStatusCode Status, string Address, string Html, int Bytes, IReadOnlyDictionary<string, string> Headers)
    {
        public string? Location => Headers.GetValueOrDefault("Location");
        public string? Seal => Part(SealField());
        public string? Seen => Part(SeenField());
        public string? Number => Part(PageField());
        public string PostTo => WebUtility.HtmlDecode(Part(FormAction())!);
        public string Language => Part(HtmlLanguage())!;
        public IEnumerable<string> Chosen => ChosenInput().Matches(Html).Select(m => $"{m.Groups[1].Value}={m.Groups[2].Value}");

        string? Part(Regex pattern) => pattern.Match(Html) is { Success: true } match ? match.Groups[1].Value : null;
    }

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex SealField();

    [GeneratedRegex("name=\"Seen\" value=\"([^\"]+)\"")]
    private static partial Regex SeenField();

    [GeneratedRegex("name=\"Page\" value=\"([^\"]+)\"")]
    private static partial Regex PageField();

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]+)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("<html lang=\"([^\"]+)\"")]
    private static partial Regex HtmlLanguage();

    [GeneratedRegex("name=\"([^\"]+)\" value=\"([^\"]+)\" checked")]
    private static partial Regex ChosenInput();
}
