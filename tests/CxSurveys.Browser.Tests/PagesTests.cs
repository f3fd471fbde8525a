using CxSurveys.Web.Features.Invitations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CxSurveys.Browser.Tests;

/// <summary>Everyone can read every page, whatever their screen and senses, and no page tells another host about it.</summary>
public sealed class PagesTests(Chromium chromium, PagesTests.CompanyWithAnswers app) : IClassFixture<PagesTests.CompanyWithAnswers>
{
    public sealed class CompanyWithAnswers(CxSurveys.Testing.TestPostgres postgres) : BrowserApp(postgres)
    {
        protected override void Configure(IServiceCollection services) => services.AddSingleton(new MailSettings { Route = MailRoute.Mailbox });

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Admin.MakeJourneyAsync();
            await Admin.PublishAsync("everything", Given.Everything);
            await Admin.PublishAsync("closed", Given.Recommend);
            await Admin.PublishAsync("branching", Given.Branching);
            await Admin.SendAsync(HttpMethod.Post, "/surveys/closed/close", "");
            await Admin.ImportPeopleAsync();
            foreach (string guest in new[] { "invited", "answering", "leaving" }) await this.InviteAsync("everything", guest);
            await Admin.SendAsync(HttpMethod.Post, "/invitations", """{ "survey": "everything", "customer": { "id": "1001" } }""");
            await Admin.SendAsync(HttpMethod.Post, "/events", $$"""{ "id": "delivered-1042", "type": "order.delivered", "customer": { "id": "1002" }, "occurredAt": "{{TimeProvider.System.GetUtcNow().AddDays(-2):yyyy-MM-ddTHH:mm:ss}}Z", "data": { "order": "1042", "amount": 120 } }""");
            await this.RewordAsync("reworded", "checkout", TimeProvider.System.GetUtcNow());
            await Admin.SendAsync(HttpMethod.Put, "/surveys/reworded", Given.Worded("checkout", "Would you tell a friend?", "Why?"));
            await Admin.ImportAnswersAsync("everything", TimeProvider.System.GetUtcNow());
        }
    }

    /// <summary>Opened by <see cref="FirstRunTests"/>: it needs an app without an account.</summary>
    static readonly string[] Elsewhere = [FirstRunTests.SetupRoute];

    [Fact]
    public void Every_page_of_the_route_table_is_visited()
    {
        string[] routes = [.. app.PageRoutes()];
        string[] known = [.. Visit.All.Select(v => v.Route), .. Elsewhere];
        Assert.True(!routes.Except(known).Any(), $"Pages without a visit: {string.Join(", ", routes.Except(known))}");
        Assert.True(!known.Except(routes).Any(), $"Visits to pages that are no more: {string.Join(", ", known.Except(routes))}");
    }

    public static TheoryData<string> Names => [.. Visit.All.Select(v => v.Name)];

    [Theory(Timeout = 120_000), MemberData(nameof(Names))]
    public async Task A_page_is_fit_for_all_and_keeps_to_its_host(string name)
    {
        var visit = Visit.All.Single(v => v.Name == name);
        await using var tab = visit.AsAdmin ? await app.OpenAsAdminAsync(chromium) : await chromium.OpenAsync(app.Address);
        // An open stream is never idle.
        await tab.Page.RouteAsync("**/live?*", route => route.AbortAsync());
        var response = await visit.OpenAsync(tab.Page);
        Assert.Equal(visit.Status, response?.Status);
        await tab.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        if (visit.Shows is { } words) await Assertions.Expect(tab.Page.GetByText(words).First).ToBeAttachedAsync();
        if (!visit.IsThirdParty) await Layout.AssertFitForAllAsync(tab.Page, name).WaitAsync(TestContext.Current.CancellationToken);
        if (IsForCustomers(visit)) await Layout.AssertForThumbsAsync(tab.Page, name);
        tab.AssertKeptToItself(name);
    }

    static bool IsForCustomers(Visit visit) => visit.Route is ['s' or 'r' or 'u', '/', ..];
}
