using System.IO.Compression;
using System.Text.RegularExpressions;

namespace CxSurveys.Benchmarks.Pages;

/// <summary>What a phone on a slow connection has to load for each page a customer meets: requests, bytes as sent and compressed.</summary>
internal static partial class PageWeight
{
    /// <summary>Compressed bytes of HTML and CSS, which are one document here: what fits into the first round trips of a connection.</summary>
    const int Bound = 14_000;

    /// <summary>Bits a second, and seconds until the first byte, as on GPRS and EDGE.</summary>
    const double Slow = 50_000, Latency = 0.8;

    static readonly string[] Languages = ["en", "id", "ms", "th", "ar"];

    const string Definition = """
        { "name": "After delivery", "languages": ["en", "id", "ms", "th", "ar"], "questions": [
            { "key": "recommend", "kind": "nps", "journey": true }, { "key": "satisfied", "kind": "csat", "presentation": "faces", "journey": true },
            { "key": "easy", "kind": "ces", "journey": true },
            { "key": "why", "kind": "text", "text": { "en": "What is the main reason?", "th": "เหตุผลหลักคืออะไร", "ar": "ما السبب الرئيسي؟", "id": "Apa alasan utamanya?", "ms": "Apakah sebab utamanya?" } } ] }
        """;

    public static async Task<int> RunAsync(CancellationToken ct)
    {
        using var folder = new AppFolder();
        string key = await folder.CreateKeyAsync(ct);
        await using var app = await folder.StartAsync(ct);
        using var admin = app.Client(key);
        await SmallSurvey.SendAsync(admin, HttpMethod.Put, "surveys/weight", Definition, ct);
        await SmallSurvey.SendAsync(admin, HttpMethod.Post, "surveys/weight/publish", "{}", ct);
        using var browser = app.Browser();

        var table = new Table("page", "requests", "HTML+CSS", "compressed", "scripts", "compressed", "s at 50 kbit/s");
        int heaviest = 0;
        foreach (var language in Languages)
        {
            var form = await ReadAsync(browser, $"s/weight?lang={language}", ct);
            heaviest = Math.Max(heaviest, await AddAsync(table, browser, $"form, {language}", form, ct));
            heaviest = Math.Max(heaviest, await AddAsync(table, browser, $"thanks, {language}", await SendAsync(browser, form, ct), ct));
        }
        await AddAsync(table, browser, "widget.js", "<script src=\"/assets/widget.js\">", ct);
        table.Promise(heaviest < Bound, $"HTML and CSS of the heaviest page are {heaviest} bytes compressed, less than {Bound}");
        return table.Print();
    }

    static async Task<string> ReadAsync(HttpClient browser, string path, CancellationToken ct) => await browser.GetStringAsync(new Uri(path, UriKind.Relative), ct);

    static async Task<string> SendAsync(HttpClient browser, string form, CancellationToken ct)
    {
        using var body = new FormUrlEncodedContent(new Dictionary<string, string> { ["form"] = Seal().Match(form).Groups[1].Value, ["recommend"] = "9", ["satisfied"] = "4", ["why"] = "Quick and kind." });
        using var answer = await browser.PostAsync(new Uri(System.Net.WebUtility.HtmlDecode(Action().Match(form).Groups[1].Value), UriKind.Relative), body, ct);
        return await answer.Content.ReadAsStringAsync(ct);
    }

    static async Task<int> AddAsync(Table table, HttpClient browser, string name, string html, CancellationToken ct)
    {
        string[] parts = [.. Part().Matches(html).Select(m => m.Groups[1].Value)];
        int scripts = 0, packed = 0;
        foreach (var part in parts)
        {
            byte[] content = await browser.GetByteArrayAsync(new Uri(part, UriKind.Relative), ct);
            scripts += content.Length;
            packed += Compressed(content);
        }
        byte[] document = System.Text.Encoding.UTF8.GetBytes(html);
        table.Add(name, 1 + parts.Length, document.Length, Compressed(document), scripts, packed, Latency + 8 * Compressed(document) / Slow);
        return Compressed(document);
    }

    static int Compressed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var pack = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) pack.Write(content);
        return (int)packed.Length;
    }

    [GeneratedRegex("<(?:script|img)[^>]* src=\"([^\"]+)\"")]
    private static partial Regex Part();

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex Seal();

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]+)\"")]
    private static partial Regex Action();
}
