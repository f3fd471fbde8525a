using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Tests.Respond;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;

namespace CxSurveys.Web.Tests.Invitations;

/// <summary>The app with a mail server beside it and a clock that tests can move.</summary>
public class MailApp(TestPostgres postgres) : CxApp(postgres)
{
    public MovableClock Clock { get; } = new();

    internal SmtpServer Smtp { get; private set; } = null!;

    internal HttpClient Ingest => WithKey("ingest");

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["CxSurveys:PublicUrl"] = "https://cx.example",
        ["CxSurveys:Mail:Host"] = "127.0.0.1",
        ["CxSurveys:Mail:Port"] = $"{Smtp.Port}",
        ["CxSurveys:Mail:Tls"] = "None",
        ["CxSurveys:Mail:From"] = "surveys@shop.example",
    };

    public override async ValueTask InitializeAsync()
    {
        Smtp = await SmtpServer.StartAsync();
        await base.InitializeAsync();
        await this.PublishAsync();
    }

    protected override void Configure(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await Smtp.DisposeAsync();
    }
}

/// <summary>The app without a mail server: messages wait.</summary>
public sealed class SilentApp(TestPostgres postgres) : CxApp(postgres)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await this.PublishAsync();
    }
}

internal static class InvitationCalls
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task PublishAsync(this CxApp app)
    {
        await app.WithKey("admin").PublishSmallAsync();
    }

    /// <summary>Asks a new person; what the API answered.</summary>
    public static async Task<(Guid Id, string Link)> AskAsync(this CxApp app, string customer, string survey = "after-delivery")
    {
        using var response = await app.WithKey("ingest").PostTextAsync("/invitations", $$"""{ "survey": "{{survey}}", "customer": { "id": "{{customer}}", "email": "{{customer}}@example.com" } }""");
        Assert.Equal(201, (int)response.StatusCode);
        var body = await response.ReadOkAsync();
        return ((Guid)body["id"]!, (string)body["link"]!);
    }

    public static Task<Message> MessageAsync(this CxApp app, Guid invitation) =>
        app.WithDbAsync(db => db.Set<Message>().AsNoTracking().SingleAsync(m => m.InvitationId == invitation, Cancel));

    public static Task<Invitation> InvitationAsync(this CxApp app, Guid id) =>
        app.WithDbAsync(db => db.Set<Invitation>().AsNoTracking().SingleAsync(i => i.Id == id, Cancel));

    public static async Task<Message> UntilAsync(this CxApp app, Guid invitation, Func<Message, bool> condition)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var message = await app.MessageAsync(invitation);
            if (condition(message)) return message;
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), $"The message stays {message.State}, {message.Attempts} tries: {message.LastProblem}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancel);
        }
    }

    public static Task ChangePersonAsync(this CxApp app, string key, Action<Person> change) => app.WithDbAsync(async db =>
    {
        change(await db.Set<Person>().SingleAsync(p => p.Key == key, Cancel));
        return await db.SaveChangesAsync(Cancel);
    });

    /// <summary>Puts a mail of that HTML into the built-in mailbox; its id there.</summary>
    public static async Task<long> KeepAsync(this CxApp app, string html)
    {
        var mail = new MimeMessage { Subject = "Kept", Body = new BodyBuilder { HtmlBody = html, TextBody = "Hi" }.ToMessageBody() };
        mail.From.Add(new MailboxAddress("Shop", "surveys@shop.example"));
        mail.To.Add(new MailboxAddress("Ana", "ana@example.com"));
        await app.Services.GetRequiredService<KeptMailTransport>().SendAsync(mail, Cancel);
        return await app.WithDbAsync(db => db.Set<KeptMail>().MaxAsync(k => k.Id, Cancel));
    }
}
