using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.Invitations;

/// <summary>An admin invites on a page and reads who was asked, who was not, and why.</summary>
public sealed class SendingPageTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        using var admin = app.WithKey("admin");
        await admin.PublishSmallAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Each_line_of_a_pasted_list_says_what_became_of_it()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        var page = await InviteAsync(admin, "l1; rini@larkfield.example; Rini <b>Wulandari</b>; id\nsomchai@larkfield.example\nl-nobody\nl4, broken@@x\nl1\nl5, , Ahmad Zaki");

        Assert.Contains("2 invited, 4 not", page, StringComparison.Ordinal);
        Assert.Contains("Nobody with the id &#x27;l-nobody&#x27; is known", page, StringComparison.Ordinal);
        Assert.Contains("email: Enter one email address", page, StringComparison.Ordinal);
        Assert.Contains("Asked too recently", page, StringComparison.Ordinal);
        Assert.Contains("No email address", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Wulandari", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_known_is_that_person()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        await InviteAsync(admin, "a-17, Known@larkfield.example");
        await InviteAsync(admin, "known@LARKFIELD.example");
        Assert.Equal(1, await app.WithDbAsync(db => db.Database.SqlQuery<long>($"select count(*) as \"Value\" from person where lower(email) = 'known@larkfield.example'").SingleAsync()));
    }

    [Fact]
    public async Task The_list_filters_by_state_reason_person_and_words()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        await InviteAsync(admin, "f1, putri@filter.example, Putri 100%_\nf2, , Hendra");

        Assert.Equal(["Putri 100%_"], await NamesAsync(admin, "?customer=f1"));
        Assert.Equal(["Putri 100%_"], await NamesAsync(admin, "?q=0%25_"));
        Assert.Empty(await NamesAsync(admin, "?q=tri1"));
        Assert.Equal(["Hendra"], await NamesAsync(admin, "?customer=f2&state=notSent&reason=noAddress"));
        Assert.Empty(await NamesAsync(admin, "?customer=f2&state=waiting"));
        Assert.Empty(await NamesAsync(admin, "?customer=f2&survey=another"));
        Assert.Equal(["Hendra"], await NamesAsync(admin, "?customer=f2&touchpoint=delivery"));
    }

    [Fact]
    public async Task Pages_of_fifty_show_everyone_once()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        await InviteAsync(admin, string.Join('\n', Enumerable.Range(0, 120).Select(i => $"p{i}, p{i}@pages.example, Page {i}")));

        var seen = new List<string>();
        string? address = "?q=Page";
        for (int pages = 0; address is not null && pages < 10; pages++)
        {
            string html = await admin.ReadAsync("/sending" + address);
            seen.AddRange(Names(html));
            int next = html.IndexOf("rel=\"next\" href=\"/sending", StringComparison.Ordinal);
            address = next < 0 ? null : WebUtility.HtmlDecode(html[(next + 25)..html.IndexOf('"', next + 25)]);
        }
        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("?state=lost", "state")]
    [InlineData("?reason=none", "reason")]
    [InlineData("?days=-3", "days")]
    [InlineData("?cursor=here", "cursor")]
    [InlineData("?q=%00", "q")]
    public async Task A_filter_that_cannot_be_used_is_named(string query, string name)
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        using var answer = await admin.GetAsync("/sending" + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"<li>{name}: ", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "x@larkfield.example", "Choose a survey.")]
    [InlineData("after-delivery", " \n ", "Enter at least one person.")]
    public async Task What_is_missing_is_said_and_what_was_entered_is_kept(string survey, string people, string says)
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        using var answer = await admin.PostFormAsync("/sending/invite", new() { ["survey"] = survey, ["touchpoint"] = "delivery", ["people"] = people });
        string page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains(people.Trim(), page, StringComparison.Ordinal);
    }

    static async Task<string> InviteAsync(Accounts.People.Browser admin, string people)
    {
        using var answer = await admin.PostFormAsync("/sending/invite", new() { ["survey"] = "after-delivery", ["touchpoint"] = "delivery", ["people"] = people });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    static async Task<List<string>> NamesAsync(Accounts.People.Browser admin, string query) => Names(await admin.ReadAsync("/sending" + query));

    static List<string> Names(string html) =>
        [.. html.Split("role=\"rowheader\"><a").Skip(1).Select(part => WebUtility.HtmlDecode(part[(part.IndexOf("<bdi>", StringComparison.Ordinal) + 5)..part.IndexOf("</bdi>", StringComparison.Ordinal)]))];
}
