using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CxSurveys.Benchmarks.Flood;

/// <summary>One visit to the open link, by a person or by a script, from an address of its own or a shared one.</summary>
internal sealed partial class Visitor(HttpClient client, Uri survey, string address, string word, Random random)
{
    const int MostTries = 6;

    sealed record Page(HttpStatusCode Status, string Html, Uri? Location)
    {
        public string Form => SealField().Match(Html).Groups[1].Value;
        public bool IsStep => Html.Contains("name=\"Confirm\"", StringComparison.Ordinal);
    }

    /// <summary>Reads, thinks for some seconds, answers, and does the step that a flood asks for: by script, or by waiting.</summary>
    public async Task AnswerAsPersonAsync(bool hasScript, CancellationToken ct)
    {
        var form = await GetAsync(survey, ct);
        await Task.Delay(Thought(), ct);
        var page = await SendAsync(form, hasScript ? Solve(form.Html) : "", ct);
        for (int i = 0; i < MostTries && page is { IsStep: true }; i++)
        {
            if (!hasScript) await Task.Delay(TimeSpan.FromSeconds(21 + random.NextDouble() * 4), ct);
            page = await ConfirmAsync(page, hasScript ? Solve(page.Html) : "", ct);
        }
    }

    /// <summary>Most scripts send at once; some wait as people do, a few press every button, and a very few work out the proof or wait.</summary>
    public async Task AnswerAsScriptAsync(CancellationToken ct)
    {
        double kind = random.NextDouble();
        var form = await GetAsync(survey, ct);
        if (kind > 0.6) await Task.Delay(TimeSpan.FromSeconds(2 + random.NextDouble() * 6), ct);
        var page = await SendAsync(form, kind > 0.99 ? Solve(form.Html) : "", ct);
        if (kind is < 0.95 or > 0.99 || page is not { IsStep: true }) return;
        if (kind > 0.988) await Task.Delay(TimeSpan.FromSeconds(21), ct);
        await ConfirmAsync(page, "", ct);
    }

    // Log-normal around eight seconds, never under three.
    TimeSpan Thought()
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return TimeSpan.FromSeconds(Math.Clamp(8 * Math.Exp(0.5 * normal), 3, 40));
    }

    async Task<Page?> SendAsync(Page form, string proof, CancellationToken ct)
    {
        Dictionary<string, string> fields = new() { ["form"] = form.Form, ["recommend"] = random.Next(11).ToString(CultureInfo.InvariantCulture), ["why"] = word, ["Proof"] = proof, ["Extra"] = "" };
        return await PostAsync(new Uri(survey, WebUtility.HtmlDecode(Action().Match(form.Html).Groups[1].Value)), fields, ct);
    }

    Task<Page?> ConfirmAsync(Page step, string proof, CancellationToken ct) =>
        PostAsync(new Uri(survey, WebUtility.HtmlDecode(Action().Match(step.Html).Groups[1].Value)), new() { ["Confirm"] = "1", ["Proof"] = proof }, ct);

    // As a browser does without script: a busy answer is sent again, a redirect followed.
    async Task<Page?> PostAsync(Uri to, Dictionary<string, string> fields, CancellationToken ct)
    {
        for (int i = 0; i < MostTries; i++)
        {
            using var body = new FormUrlEncodedContent(fields);
            var page = await RequestAsync(HttpMethod.Post, to, body, ct);
            if (page.Location is { } next) return await GetAsync(new Uri(survey, next), ct);
            if (page.Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests) || page.IsStep) return page;
            await Task.Delay(TimeSpan.FromSeconds(2), ct);
        }
        return null;
    }

    Task<Page> GetAsync(Uri address, CancellationToken ct) => RequestAsync(HttpMethod.Get, address, null, ct);

    async Task<Page> RequestAsync(HttpMethod method, Uri to, HttpContent? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, to) { Content = body };
        request.Headers.Add("X-Forwarded-For", address);
        using var answer = await client.SendAsync(request, ct);
        return new Page(answer.StatusCode, await answer.Content.ReadAsStringAsync(ct), answer.Headers.Location);
    }

    /// <summary>What the page's script works out; nothing where nothing is asked.</summary>
    static string Solve(string html)
    {
        if (Challenge().Match(html) is not { Success: true } asked) return "";
        int bits = int.Parse(asked.Groups[2].Value, CultureInfo.InvariantCulture);
        Span<byte> hash = stackalloc byte[32];
        for (long number = 0; ; number++)
        {
            SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{asked.Groups[1].Value}:{number}")), hash);
            if (BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt32BigEndian(hash)) >= bits) return number.ToString(CultureInfo.InvariantCulture);
        }
    }

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex SealField();

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]+)\"")]
    private static partial Regex Action();

    [GeneratedRegex("data-challenge=\"([^\"]+)\" data-bits=\"(\\d+)\"")]
    private static partial Regex Challenge();
}
