using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Invitations;
using CxSurveys.Web.Tests.Respond;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace CxSurveys.Web.Tests.Platform;

/// <summary>What people are, say and prove themselves with goes through every door, and into no line of the log.</summary>
public sealed class LogTests(LogTests.LoggingApp app) : IClassFixture<LogTests.LoggingApp>
{
    const string Name = "Quillfeather", Address = "sparrowhawk", Words = "marmalade", Attribute = "ochre-plan", Password = "nineteen violet umbrellas", Key = "cx_moonflower";

    public sealed class LoggingApp(TestPostgres postgres) : MailApp(postgres)
    {
        internal Lines Log { get; } = new();

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings) { ["Serilog:MinimumLevel:Default"] = "Information", ["CxSurveys:PublicUrl"] = "http://localhost" };

        protected override void Configure(IServiceCollection services)
        {
            base.Configure(services);
            services.AddSingleton<ILogEventSink>(Log);
        }
    }

    /// <summary>Each line with all that a log keeps of it.</summary>
    internal sealed class Lines : ConcurrentQueue<string>, ILogEventSink
    {
        public void Emit(LogEvent logEvent)
        {
            using var line = new StringWriter();
            new CompactJsonFormatter().Format(logEvent, line);
            line.Write(logEvent.RenderMessage(CultureInfo.InvariantCulture));
            Enqueue(line.ToString());
        }
    }

    [Fact]
    public async Task Nothing_personal_and_no_secret_is_logged()
    {
        var (ingest, admin) = (app.WithKey("ingest"), app.WithKey("admin"));
        await (await ingest.PostTextAsync("/people/import", $"id,email,name,plan\n{Address}-1,{Address}@larkfield.example,{Name},{Attribute}\n{Address}-2,{Address} at nowhere,{Name},{Attribute}", "text/csv")).ReadOkAsync();
        await app.Smtp.PlanAsync("rcpt", 451, $"4.2.1 <{Address}@larkfield.example> is busy");
        var (invitation, link) = await InviteAsync($"{Address}-1");
        await app.UntilAsync(invitation, message => message.LastProblem is not null);
        var browser = app.Anonymous;
        var page = await browser.OpenAsync(new Uri(link).PathAndQuery + $"?score=3&from={Address}");
        await browser.SendAndFollowAsync(page, ("recommend", "3"), ("why", Words));
        using var asked = await browser.GetAsync(new Uri(link).AbsolutePath.Replace("/r/", "/u/", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        string response = $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "after-delivery", "customer": { "id": "{{Address}}-3", "email": "{{Address}}3@larkfield.example", "name": "{{Name}}" }, "answers": { "recommend": 2, "why": "{{Words}}" } }""";
        await (await ingest.PostTextAsync("/responses", response)).ReadOkAsync();
        using var conflict = await ingest.PostTextAsync("/responses", response.Replace("\"recommend\": 2", "\"recommend\": 4", StringComparison.Ordinal));
        using var wrong = await ingest.PostTextAsync("/responses", response.Replace("\"recommend\": 2", $"\"recommend\": \"{Words}\"", StringComparison.Ordinal));
        Assert.Equal((409, 400), ((int)conflict.StatusCode, (int)wrong.StatusCode));
        await admin.ReadAsync($"/responses?q={Words}&customer={Address}-3");
        await SignInAsync();
        await WithWrongKeyAsync();

        string log = string.Join('\n', app.Log);
        Assert.Contains("did not go", log, StringComparison.Ordinal);
        Assert.Contains("Sign-in refused", log, StringComparison.Ordinal);
        Assert.Contains("/responses", log, StringComparison.Ordinal);
        string secret = new Uri(link).Segments[^1];
        string[] canaries = [Name, Address, Words, Attribute, Password, Key, secret, ingest.DefaultRequestHeaders.Authorization!.Parameter!];
        foreach (string canary in canaries)
            Assert.DoesNotContain(app.Log, line => line.Contains(canary, StringComparison.OrdinalIgnoreCase) || line.Contains(Uri.EscapeDataString(canary), StringComparison.OrdinalIgnoreCase));
    }

    async Task<(Guid Id, string Link)> InviteAsync(string person)
    {
        var told = await (await app.WithKey("ingest").PostTextAsync("/invitations", $$"""{ "survey": "after-delivery", "customer": { "id": "{{person}}" } }""")).ReadOkAsync();
        return ((Guid)told["id"]!, (string)told["link"]!);
    }

    async Task SignInAsync()
    {
        using var browser = app.Browse();
        using var refused = await browser.SignInAsync($"{Address}@larkfield.example", Password);
        using var welcome = await browser.GetAsync($"/welcome/{Key}");
        Assert.Equal(404, (int)welcome.StatusCode);
    }

    async Task WithWrongKeyAsync()
    {
        using var client = app.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        using var refused = await client.GetAsync("/api/v1/responses", TestContext.Current.CancellationToken);
        Assert.Equal(401, (int)refused.StatusCode);
    }
}
