using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.People;
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
        Assert.Contains("The same person as in line 1.", page, StringComparison.Ordinal);
        Assert.Contains("No email address", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Wulandari", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_known_is_that_person()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        await InviteAsync(admin, "a-17, Known@larkfield.example");
        Assert.Contains("Asked too recently", await InviteAsync(admin, "known@LARKFIELD.example"), StringComparison.Ordinal);
        Assert.Equal(1, await app.WithDbAsync(db => db.Database.SqlQuery<long>($"select count(*) as \"Value\" from person where lower(email) = 'known@larkfield.example'").SingleAsync()));
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";;;")]
    [InlineData(", , Dewi Lestari")]
    [InlineData(", nobody@@larkfield.example")]
    public async Task A_line_that_names_nobody_stops_nobody_else(string line)
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        var page = await InviteAsync(admin, $"{Guid.NewGuid():N}@larkfield.example\n{line}\n{Guid.NewGuid():N}@larkfield.example");
        Assert.Contains("2 invited, 1 not", page, StringComparison.Ordinal);
        Assert.Contains("email", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_comes_twice_and_a_person_who_stands_twice_make_one_mail()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        using var free = await app.WithKey("admin").PutTextAsync("/settings", """{ "capDays": 0, "surveyCapDays": 0 }""");
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
        var once = OnceIn(await admin.ReadAsync("/sending/invite"));
        Assert.NotEqual(once, OnceIn(await admin.ReadAsync("/sending/invite")));

        foreach (var page in await Task.WhenAll(InviteAsync(admin, "t1, t1@twice.example\nT1@twice.example", once), InviteAsync(admin, "t1, t1@twice.example\nT1@twice.example", once)))
        {
            Assert.Contains("1 invited, 1 not", page, StringComparison.Ordinal);
            Assert.Contains("The same person as in line 1.", page, StringComparison.Ordinal);
        }
        Assert.Equal(1, await MailsToAsync("t1"));
        Assert.Contains("1 invited, 0 not", await InviteAsync(admin, "t1", OnceIn(await admin.ReadAsync("/sending/invite"))), StringComparison.Ordinal);
        Assert.Equal(2, await MailsToAsync("t1"));
        using var capped = await app.WithKey("admin").PutTextAsync("/settings", """{ "capDays": 30, "surveyCapDays": 90 }""");
    }

    [Fact]
    public async Task A_mail_on_its_way_is_not_called_interrupted()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        await InviteAsync(admin, "way, way@larkfield.example");
        Assert.Contains("Being sent now", await LeasedAsync(admin, TimeSpan.FromMinutes(5)), StringComparison.Ordinal);
        Assert.Contains("Sending was interrupted", await LeasedAsync(admin, TimeSpan.FromMinutes(-5)), StringComparison.Ordinal);
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

    Task<int> MailsToAsync(string person) => app.WithDbAsync(db =>
        db.Set<Message>().CountAsync(m => db.Set<Invitation>().Any(i => i.Id == m.InvitationId && db.Set<Person>().Any(p => p.Id == i.PersonId && p.Key == person))));

    async Task<string> LeasedAsync(Accounts.People.Browser admin, TimeSpan ahead)
    {
        var until = TimeProvider.System.GetUtcNow() + ahead;
        await app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"""
            update message set state = 1, attempts = 1, lease_token = {Guid.NewGuid()}, lease_until = {until}, last_problem = {MessageQueue.InFlight}
            where invitation_id in (select i.id from invitation i join person p on p.id = i.person_id where p.key = 'way')
            """));
        return await admin.ReadAsync("/sending?customer=way");
    }

    static string OnceIn(string page) => System.Text.RegularExpressions.Regex.Match(page, "name=\"once\" value=\"([^\"]+)\"").Groups[1].Value;

    static async Task<string> InviteAsync(Accounts.People.Browser admin, string people, string once = "")
    {
        using var answer = await admin.PostFormAsync("/sending/invite", new() { ["survey"] = "after-delivery", ["touchpoint"] = "delivery", ["people"] = people, ["once"] = once });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    static async Task<List<string>> NamesAsync(Accounts.People.Browser admin, string query) => Names(await admin.ReadAsync("/sending" + query));

    static List<string> Names(string html) =>
        [.. html.Split("role=\"rowheader\"><a").Skip(1).Select(part => WebUtility.HtmlDecode(part[(part.IndexOf("<bdi>", StringComparison.Ordinal) + 5)..part.IndexOf("</bdi>", StringComparison.Ordinal)]))];
}

/// <summary>On a database of its own: nobody was asked yet.</summary>
public sealed class SendingEmptyTests(CxApp app) : IClassFixture<CxApp>
{
    [Fact]
    public async Task Before_the_first_invitation_the_page_says_what_to_click_and_names_no_call()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        var page = await admin.ReadAsync("/sending");
        Assert.Contains("Click <b>Invite people</b>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/set-up/keys\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/api/", page, StringComparison.Ordinal);
    }
}
