using System.Net;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Accounts;

/// <summary>One database in which nobody has an account yet, so the whole story is one test.</summary>
public sealed class FirstRunTests(CxApp app) : IClassFixture<CxApp>
{
    [Fact]
    public async Task The_link_makes_one_admin_once()
    {
        var ct = TestContext.Current.CancellationToken;
        var earlier = await IssueAsync();
        var link = $"/setup/{await IssueAsync()}";
        using var browser = app.Browse();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/setup/{earlier}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/setup/guess")).StatusCode);
        using var page = await browser.GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("no-cache, no-store", page.Headers.CacheControl?.ToString().Replace("no-store, no-cache", "no-cache, no-store", StringComparison.Ordinal));

        using var weak = await browser.PostFormAsync(link, Form("password1234"));
        Assert.Contains("easy to guess", await weak.Content.ReadAsStringAsync(ct), StringComparison.Ordinal);
        using var done = await browser.PostFormAsync(link, Form(People.Password));
        Assert.Equal("/", done.Headers.Location?.OriginalString);
        using var home = await browser.GetAsync("/");
        Assert.Equal("/set-up", home.Headers.Location?.OriginalString);
        Assert.Contains("Sign out?", await browser.ReadAsync("/sign-out"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(link)).StatusCode);
        Assert.Null(await IssueAsync());
        await using var scope = app.Services.CreateAsyncScope();
        var organisation = await scope.ServiceProvider.GetRequiredService<CxDbContext>().Set<Organisation>().SingleAsync(ct);
        Assert.Equal(("Larkfield Home", "Asia/Jakarta"), (organisation.Name, organisation.TimeZone));
    }

    static Dictionary<string, string> Form(string password) => new()
    {
        ["Form.Name"] = "",
        ["Form.Email"] = "admin@larkfield.example",
        ["Form.Password"] = password,
        ["Form.Company"] = "Larkfield Home",
        ["Form.TimeZone"] = "Asia/Jakarta",
    };

    async Task<string?> IssueAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstRun>().IssueAsync(TestContext.Current.CancellationToken);
    }
}
