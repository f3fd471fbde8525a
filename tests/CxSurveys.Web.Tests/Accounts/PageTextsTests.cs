using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Tests.Accounts;

/// <summary>Colleagues' pages in their language.</summary>
public sealed partial class PageTextsTests(CxApp app) : IClassFixture<CxApp>
{
    static readonly IReadOnlyDictionary<string, string> Indonesian = JsonSerializer.Deserialize<Dictionary<string, string>>(PageTexts.Template("id"))!;
    static readonly string Source = string.Concat(Files().Select(File.ReadAllText));

    [Fact]
    public void Every_text_of_a_page_is_in_the_file()
    {
        var missing = Used().Matches(Source).SelectMany(use => use.Groups.Cast<Group>().Skip(1)).Where(text => text.Success).Select(text => Regex.Unescape(text.Value)).Where(key => !Indonesian.ContainsKey(key)).Distinct();
        Assert.Empty(missing);
    }

    [Fact]
    public void No_text_of_the_file_is_left_without_a_page() =>
        Assert.DoesNotContain(Indonesian.Keys, key => !Source.Contains($"\"{key.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", StringComparison.Ordinal));

    [Fact]
    public void A_translation_has_the_places_of_its_text() =>
        Assert.Empty(Indonesian.Where(text => string.IsNullOrWhiteSpace(text.Value) || Places(text.Key) != Places(text.Value)).Select(text => text.Key));

    [Theory]
    [InlineData("id-ID,id;q=0.9,en;q=0.8", "id", "Kata sandi")]
    [InlineData("fr,id;q=0.5,en;q=0.8", "en", "Password")]
    [InlineData("fr", "en", "Password")]
    [InlineData(null, "en", "Password")]
    public async Task The_browser_says_the_language_of_who_has_not_chosen(string? accepted, string language, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        if (accepted is not null) request.Headers.Add("Accept-Language", accepted);
        using var answer = await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"<html lang=\"{language}\"", page, StringComparison.Ordinal);
        Assert.Contains(text, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_is_kept_and_the_API_stays_English()
    {
        using var browser = await app.BrowseAsAsync(Role.Manager);
        using var answer = await browser.PostFormAsync("/sign-out", new() { ["language"] = "id", ["returnUrl"] = "/sign-out" }, "/language");
        Assert.Equal("/sign-out", answer.Headers.Location?.OriginalString);
        Assert.Contains("<html lang=\"id\"", await browser.ReadAsync("/sign-out"), StringComparison.Ordinal);
        using var admin = await app.BrowseAsAsync(Role.Admin);
        admin.Client.DefaultRequestHeaders.Add("Accept-Language", "id");
        Assert.Contains("<html lang=\"en\"", await admin.ReadAsync("/surveys"), StringComparison.Ordinal);

        using var key = app.WithKey("analyst");
        key.DefaultRequestHeaders.Add("Accept-Language", "id");
        using var refused = await key.GetAsync("/api/v1/scores?kind=none", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.DoesNotContain("tidak", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    static string Places(string text) => string.Join(' ', Place().Matches(text).Select(p => p.Value).Distinct().Order(StringComparer.Ordinal));

    static IEnumerable<string> Files()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CxSurveys.sln"))) folder = folder.Parent!;
        return Directory.EnumerateFiles(Path.Combine(folder.FullName, "src", "CxSurveys.Web", "Features"), "*.cs*", SearchOption.AllDirectories)
            .Append(Path.Combine(folder.FullName, "src", "CxSurveys.Scoring", "Display.cs"));
    }

    [GeneratedRegex("""(?<!\w)T\[(?:"((?:[^"\\]|\\.)*)"|[^"\[\]]*\? "((?:[^"\\]|\\.)*)" : "((?:[^"\\]|\\.)*)")""")]
    private static partial Regex Used();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();
}
