using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Tests.Respond;
using MimeKit;

namespace CxSurveys.Web.Tests.Invitations;

public sealed partial class MailComposerTests
{
    const string Link = "https://feedback.larkfield.example/r/9fK2cQm0aVt7yW4uXn1bZ8rE5sD3gH6jL0pO2iU4yTe";
    const string OptOut = "https://feedback.larkfield.example/u/Zx1cV3bN5mA7sD9fG0hJ2kL4qW6eR8tY1uI3oP5aSdF";

    static readonly QuestionDefinition Recommend = Ask.Scale(QuestionKind.Nps, 0, 10);

    static InvitationMail Mail(params QuestionDefinition[] questions) => new(
        Guid.CreateVersion7(), "dewi@mail.example", "Dewi", "en", Ask.Version(questions.Length > 0 ? questions : [Recommend], ["en", "id", "ms", "th", "ar"]), "Delivery",
        new Organisation { Name = "Larkfield Home", TimeZone = "UTC", CellsTimeZone = "UTC", PostalAddress = "Jalan Kenanga 8\nJakarta 12730" },
        new Uri(Link), new Uri(OptOut), DateTimeOffset.UnixEpoch);

    sealed record Composed(MimeMessage Message)
    {
        public string Html => Message.HtmlBody ?? "";
        public string Text => Message.TextBody ?? "";
    }

    static Composed Compose(InvitationMail mail) => new(new MailComposer().Compose(mail));

    static string Html(InvitationMail mail) => Compose(mail).Html;

    [Fact]
    public void Each_score_is_a_link_and_both_parts_say_the_same()
    {
        var message = Compose(Mail());
        Assert.Equal(["text/plain", "text/html"], ((MultipartAlternative)message.Message.Body!).Select(part => part.ContentType.MimeType));
        Assert.Equal(Enumerable.Range(0, 11).Select(score => $"{Link}?score={score}&lang=en"), ScoreLinks(message.Html));
        Assert.Equal(2, Regex.Count(message.Html, "display:inline-table"));
        string[] facts = ["Hello Dewi,", "Delivery", "How likely are you to recommend Larkfield Home to a friend or colleague?", "0 = Not at all likely, 10 = Extremely likely",
            Link, OptOut, "because you are a customer of Larkfield Home", "Larkfield Home, Jalan Kenanga 8, Jakarta 12730"];
        Assert.All(facts, fact => Assert.Contains(fact, message.Html, StringComparison.Ordinal));
        Assert.All(facts, fact => Assert.Contains(fact, message.Text, StringComparison.Ordinal));
        Assert.Equal([Link, OptOut], Address().Matches(message.Text).Select(m => m.Value));
        Assert.Contains("Nothing is saved before", message.Html, StringComparison.Ordinal);
        Assert.Equal("Delivery: how did we do? – Larkfield Home", message.Message.Subject);
        Assert.Equal("en", message.Message.Headers[HeaderId.ContentLanguage]);
    }

    [Fact]
    public void A_score_joins_what_a_link_says_already() =>
        Assert.Equal($"{Link}?channel=test&sig=x&score=0&lang=en", ScoreLinks(Html(Mail() with { Link = new Uri($"{Link}?channel=test&sig=x") })).First());

    [Fact]
    public void Nothing_is_loaded_from_anywhere_and_nothing_is_left_to_fill_in()
    {
        var html = Html(Mail());
        Assert.DoesNotMatch("<(img|link|script|iframe|form)|@import|url\\(|\\{\\{|\\{%", html);
        Assert.All(Address().Matches(html).Select(m => m.Value).Where(a => !a.StartsWith("http://www.w3.org/", StringComparison.Ordinal)),
            address => Assert.StartsWith("https://feedback.larkfield.example/", address, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("id", "id", "Seberapa besar kemungkinan", "Hentikan email survei")]
    [InlineData("ms", "ms", "Sejauh manakah", "Hentikan e-mel tinjauan")]
    [InlineData("th-TH", "th", "คุณมีแนวโน้มที่จะแนะนำ", "หยุดรับอีเมลแบบสำรวจ")]
    [InlineData("ar-EG", "ar", "ما مدى احتمال", "إيقاف رسائل الاستبيانات")]
    [InlineData("fr", "en", "How likely are you", "Stop survey emails")]
    [InlineData(null, "en", "How likely are you", "Stop survey emails")]
    public void A_mail_speaks_the_persons_language_where_the_survey_does(string? person, string expected, string question, string stop)
    {
        var message = Compose(Mail() with { Language = person });
        Assert.Equal(expected, message.Message.Headers[HeaderId.ContentLanguage]);
        Assert.Contains($"<html lang=\"{expected}\" dir=\"{(expected == "ar" ? "rtl" : "ltr")}\"", message.Html, StringComparison.Ordinal);
        Assert.All(ScoreLinks(message.Html), link => Assert.EndsWith($"&lang={expected}", link, StringComparison.Ordinal));
        Assert.All((string[])[message.Html, message.Text], body =>
        {
            Assert.Contains(question, body, StringComparison.Ordinal);
            Assert.Contains(stop, body, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_survey_in_a_language_without_texts_asks_in_it_within_an_english_mail()
    {
        var asked = Recommend with { Text = new Dictionary<string, string> { ["fr"] = "Nous recommanderiez-vous ?" } };
        var html = Html(Mail() with { Language = "th", Version = Ask.Version([asked], ["fr"]) });
        Assert.Contains("<html lang=\"en\"", html, StringComparison.Ordinal);
        Assert.Contains("<h1 lang=\"fr\"", html, StringComparison.Ordinal);
        Assert.Contains("Nous recommanderiez-vous ?", html, StringComparison.Ordinal);
        Assert.EndsWith("&lang=fr", ScoreLinks(html)[0], StringComparison.Ordinal);
    }

    public static TheoryData<QuestionKind, int, int, int[]> Scales => new()
    {
        { QuestionKind.Csat, 1, 5, [5] },
        { QuestionKind.Ces, 1, 7, [4, 3] },
        { QuestionKind.Nps, 1, 10, [5, 5] },
        { QuestionKind.Rating, -2, 2, [5] },
        { QuestionKind.Rating, 0, 20, [] },
    };

    [Theory, MemberData(nameof(Scales))]
    public void Rows_of_numbers_fit_a_phone_and_long_scales_are_a_button(QuestionKind kind, int min, int max, int[] rows)
    {
        var question = Ask.Scale(kind, min, max);
        var html = Html(Mail(question));
        Assert.Equal(rows, InlineTable().Matches(html).Select(table => ScoreLinks(table.Value).Length));
        Assert.Equal(rows.Length == 0, html.Contains("Answer the questions", StringComparison.Ordinal));
        if (rows.Length > 0) Assert.Equal(Enumerable.Range(min, max - min + 1).Select(score => $"{Link}?score={score}&lang=en"), ScoreLinks(html));
    }

    [Fact]
    public void A_survey_without_a_scale_is_one_button()
    {
        var message = Compose(Mail(Ask.Text()) with { Touchpoint = null, Name = null });
        Assert.Empty(ScoreLinks(message.Html));
        Assert.Contains("class=\"button\" href=\"" + Link, message.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<h1", message.Html, StringComparison.Ordinal);
        Assert.Contains("Hello,", message.Text, StringComparison.Ordinal);
        Assert.Equal("How did we do? – Larkfield Home", message.Message.Subject);
    }

    [Theory]
    [InlineData("{{ link }}")]
    [InlineData("{% for i in (1..9) %}x{% endfor %}")]
    [InlineData("$& $1 ${x} {SID}")]
    [InlineData("{company} {name} {touchpoint}")]
    [InlineData("<b onmouseover=alert(1)>\"'&amp;")]
    [InlineData("</title><script>alert(1)</script>")]
    public void What_people_typed_is_written_as_they_typed_it(string typed)
    {
        var mail = Mail(Ask.Scale(QuestionKind.Csat, 1, 5) with { Text = new Dictionary<string, string> { ["en"] = $"Q {typed}" } });
        mail.Company.Name = $"C {typed}";
        mail.Company.PostalAddress = $"P {typed}";
        foreach (var language in new[] { "en", "ar" })
        {
            var message = Compose(mail with { Name = $"N {typed}", Touchpoint = $"T {typed}", Language = language });
            var read = System.Net.WebUtility.HtmlDecode(message.Html);
            Assert.All((string[])["C ", "P ", "N ", "T "], part => Assert.Contains(part + typed, read, StringComparison.Ordinal));
            Assert.All((string[])["C ", "P ", "N ", "T "], part => Assert.Contains(part + typed, message.Text, StringComparison.Ordinal));
            // Of what the survey's author typed the company's name is a place to fill in; what was filled in is not looked into again.
            string question = "Q " + typed.Replace("{company}", $"C {typed}", StringComparison.Ordinal);
            Assert.All((string[])[read, message.Text], text => Assert.Contains(question, text.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal), StringComparison.Ordinal));
            Assert.DoesNotMatch("<(b|script)[ >]", message.Html);
        }
    }

    [Fact]
    public void Line_breaks_in_names_make_no_header_and_no_line()
    {
        var mail = Mail() with { Name = "Dewi\r\nBcc: all@evil.example", Touchpoint = "Delivery\r\nBcc: all@evil.example\u0000" };
        mail.Company.Name = "Larkfield\r\nX-Evil: yes";
        var message = Compose(mail);
        using var written = new MemoryStream();
        message.Message.WriteTo(written, TestContext.Current.CancellationToken);
        written.Position = 0;
        var read = MimeMessage.Load(written, TestContext.Current.CancellationToken);
        Assert.Empty(read.Bcc);
        Assert.Null(read.Headers["X-Evil"]);
        Assert.Contains("Hello Dewi Bcc: all@evil.example,", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_leaves_the_subject_short_and_whole_characters_in_it()
    {
        var subject = Compose(Mail() with { Touchpoint = string.Concat(Enumerable.Repeat("👩‍👩‍👧", 60)) }).Message.Subject;
        Assert.StartsWith(string.Concat(Enumerable.Repeat("👩‍👩‍👧", 39)) + "…: how did we do?", subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_language_says_everything() =>
        Assert.All(MailTexts.All.Values, texts => Assert.Equal(MailTexts.All["en"].Keys.Order(), texts.Keys.Order()));

    static string[] ScoreLinks(string html) => [.. ScoreLink().Matches(html).Select(m => System.Net.WebUtility.HtmlDecode(m.Groups[1].Value))];

    [GeneratedRegex("class=\"score\" href=\"([^\"]+)\"")]
    private static partial Regex ScoreLink();

    [GeneratedRegex("<table[^>]+inline-table.*?</table>")]
    private static partial Regex InlineTable();

    [GeneratedRegex("https?://[^\\s\"<&?]+")]
    private static partial Regex Address();
}
