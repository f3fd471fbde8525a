using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Tests.Accounts;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.Invitations;

/// <summary>A demonstration's mail: kept, sealed, and shown to admins as its reader would see it.</summary>
public sealed class MailboxApp(TestPostgres postgres) : CxApp(postgres)
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["CxSurveys:Demo"] = "true" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await this.PublishAsync();
    }
}

public sealed class MailboxTests(MailboxApp app) : IClassFixture<MailboxApp>
{
    [Fact]
    public async Task A_kept_mail_is_read_on_the_page_and_nowhere_else()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        await app.WithDbAsync(db => db.Set<KeptMail>().ExecuteDeleteAsync(TestContext.Current.CancellationToken));
        Assert.Contains("No mail yet", await admin.ReadAsync("/dev/mailbox"), StringComparison.Ordinal);

        var (id, link) = await app.AskAsync("reader");
        await app.UntilAsync(id, m => m.State == MessageState.Sent);
        Assert.Equal(0, await Leaks.CountAsync(app, new Uri(link).Segments[^1]));

        string page = await admin.ReadAsync("/dev/mailbox");
        Assert.Contains("reader@example.com", page, StringComparison.Ordinal);
        Assert.Contains(link, page, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe", page, StringComparison.Ordinal);
        using var manager = await app.BrowseAsAsync(Role.Manager);
        using var refused = await manager.GetAsync("/dev/mailbox");
        Assert.Equal(403, (int)refused.StatusCode);
        using var unknown = await admin.GetAsync("/dev/mailbox/999/html");
        Assert.Equal(404, (int)unknown.StatusCode);
    }

    [Fact]
    public async Task The_part_in_html_may_be_framed_here_and_runs_nothing()
    {
        var kept = await app.KeepAsync("<html><head><title>x</title></head><body><p style=\"color:red\">Hi</p><a href=\"https://cx.example/r/1\">Answer</a><script>alert(1)</script></body></html>");
        using var admin = await app.BrowseAsAsync(Role.Admin);
        using var answer = await admin.GetAsync($"/dev/mailbox/{kept}/html");
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("sandbox allow-popups allow-popups-to-escape-sandbox;", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("<head><base target=\"_blank\">", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        string page = await admin.ReadAsync("/dev/mailbox");
        Assert.Contains($"src=\"/dev/mailbox/{kept}/html\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }
}

public sealed class MailboxElsewhereTests(SilentApp app) : IClassFixture<SilentApp>
{
    [Fact]
    public async Task Without_the_built_in_mailbox_there_is_no_such_page()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        foreach (string path in new[] { "/dev/mailbox", "/dev/mailbox/1/html" })
        {
            using var answer = await admin.GetAsync(path);
            Assert.Equal(404, (int)answer.StatusCode);
        }
    }
}
