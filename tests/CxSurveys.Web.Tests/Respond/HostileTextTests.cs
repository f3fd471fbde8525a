using System.Net;
using System.Text.Json;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;

namespace CxSurveys.Web.Tests.Respond;

/// <summary>Whatever stands in a text of a survey or in an answer stays text, on every page that shows it.</summary>
public sealed class HostileTextTests(CxApp app) : IClassFixture<CxApp>
{
    internal static readonly string[] Payloads =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>", "'><script>alert(1)</script>", "</textarea><script>alert(1)</script>",
        "</title><script>alert(1)</script>", "</style><script>alert(1)</script>", "<iframe srcdoc='<script>alert(1)</script>'>", "<a href=javascript:alert(1)>x</a>", "<b onmouseover=alert(1)>x</b>",
        "\" autofocus onfocus=alert(1) x=\"", "' onclick='alert(1)", "<math><mi xlink:href=\"javascript:alert(1)\">", "<object data=javascript:alert(1)>", "<base href=//evil.example>",
        "<form action=//evil.example><button>", "<meta http-equiv=refresh content=0;url=//evil.example>", "<!--<img src=\"--><img src=x onerror=alert(1)//\">", "<details open ontoggle=alert(1)>", "<body onload=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;<i>", "<\u200bscript>alert(1)</script>", "<ScRiPt>alert(1)</sCrIpT>", "<svg><style><img src=x onerror=alert(1)></style>", "<input type=image src=x onerror=alert(1)>",
        "<link rel=stylesheet href=//evil.example>", "<video><source onerror=alert(1)>", "<marquee onstart=alert(1)>", "<template><script>alert(1)</script>", "@(7*7)<u>{{7*7}}</u>",
    ];

    readonly HttpClient admin = app.WithKey("admin"), browser = app.Anonymous;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Payloads.Length)];

    [Theory, MemberData(nameof(Numbers))]
    public async Task A_text_of_a_survey_and_of_an_answer_is_never_markup(int number)
    {
        string payload = Payloads[number], survey = $"hostile-{number}";
        // Braces are for places to fill in, which publishing would name.
        string text = payload.Replace("{{7*7}}", "", StringComparison.Ordinal), word = JsonSerializer.Serialize(text);
        await admin.PublishAsync(survey, $$"""
            { "name": {{word}}, "languages": ["en"], "matrices": [ { "key": "m", "text": { "en": {{word}} } } ], "questions": [
              { "key": "hello", "kind": "statement", "text": { "en": {{word}} }, "help": { "en": {{word}} } },
              { "key": "n", "kind": "nps", "text": { "en": {{word}} }, "help": { "en": {{word}} }, "labels": { "low": { "en": {{word}} }, "high": { "en": {{word}} } } },
              { "key": "r", "kind": "csat", "text": { "en": {{word}} }, "matrix": "m" },
              { "key": "c", "kind": "choice", "text": { "en": {{word}} }, "options": [ { "key": "o", "text": { "en": {{word}} } } ] },
              { "key": "t", "kind": "text", "text": { "en": {{word}} }, "textBy": { "question": "n", "negative": { "en": {{word}} }, "positive": { "en": {{word}} } } },
              { "key": "agree", "kind": "consent", "text": { "en": {{word}} }, "help": { "en": {{word}} } },
              { "key": "call", "kind": "contact", "text": { "en": {{word}} }, "help": { "en": {{word}} }, "newPage": true, "showIf": { "segment": {{JsonSerializer.Serialize(text[..Math.Min(text.Length, 60)])}}, "in": [ {{word}} ] } },
              { "key": "last", "kind": "text", "text": { "en": {{word}} }, "newPage": true } ] }
            """);
        var form = await browser.OpenAsync($"/s/{survey}?lang=en");
        Assert.Contains(text, WebUtility.HtmlDecode(form.Html), StringComparison.Ordinal);
        var last = await browser.SendAndFollowAsync(form, ("n", "2"), ("c", "o"), ("t", payload), ("agree", "yes"));
        var wrong = await browser.SendAsync(form, ("n", payload), ("t", payload));
        var thanks = await browser.SendAndFollowAsync(last, ("last", payload));
        Assert.Contains(payload, WebUtility.HtmlDecode(thanks.Html), StringComparison.Ordinal);

        using var manager = await app.BrowseAsAsync(Role.Admin);
        string id = (string)(await admin.ReadAsync($"/responses?survey={survey}"))["rows"]![0]!["id"]!;
        string[] pages = [form.Html, last.Html, wrong.Html, thanks.Html, .. await Task.WhenAll(new[] { $"/surveys/{survey}", $"/surveys/{survey}/edit", $"/surveys/{survey}/publish", $"/surveys/{survey}/preview", $"/responses?survey={survey}", $"/responses/{id}", "/surveys" }
            .Select(address => manager.ReadAsync(address)))];
        Assert.All(pages, html => Assert.DoesNotContain(payload, html, StringComparison.OrdinalIgnoreCase));
        Assert.All(pages, html => Assert.DoesNotContain(text, html, StringComparison.OrdinalIgnoreCase));
    }
}
