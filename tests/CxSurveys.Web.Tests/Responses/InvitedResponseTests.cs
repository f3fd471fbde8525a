using System.Net;
using CxSurveys.Web.Tests.Invitations;
using CxSurveys.Web.Tests.Respond;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.Responses;

public sealed class InvitedResponseTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    readonly HttpClient ingest = app.WithKey("ingest");
    readonly HttpClient browser = app.Anonymous;

    public async ValueTask InitializeAsync()
    {
        await (await app.WithKey("admin").PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        await app.WithKey("admin").PublishAsync("order", """{ "name": "Order", "languages": ["en"], "questions": [ { "key": "recommend", "kind": "nps" }, { "key": "why", "kind": "text", "text": { "en": "Why?" } } ] }""");
    }

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    static string Line(Guid id, string answers = """{ "recommend": 9 }""", string more = "", string survey = "order") =>
        $$"""{ "id": "{{id}}", "survey": "{{survey}}", "answers": {{answers}}{{more}} }""";

    async Task<HttpStatusCode> PostAsync(string json)
    {
        using var response = await ingest.PostTextAsync("/responses", json);
        return response.StatusCode;
    }

    [Fact]
    public async Task An_answer_with_an_invitations_id_is_that_invitations()
    {
        var guest = await app.GuestAsync("order");
        Assert.Equal(HttpStatusCode.Created, await PostAsync(Line(guest.Id)));
        var response = await app.ResponseAsync(guest);
        Assert.Equal(("delivery", "email", "ID", "gold"),
            ((string)response["touchpoint"]!, (string)response["channel"]!, (string)response["segment"]!["country"]!, (string)response["segment"]!["plan"]!));
        Assert.NotNull(await app.AnsweredAtAsync(guest));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Line(guest.Id)));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(Line(guest.Id, """{ "recommend": 8 }""")));
    }

    [Fact]
    public async Task What_the_invitation_says_itself_may_be_said_again()
    {
        var guest = await app.GuestAsync("order");
        Assert.Equal(HttpStatusCode.Created, await PostAsync(Line(guest.Id, more:
            $$""", "touchpoint": "delivery", "segment": { "country": "ID" }, "customer": { "id": "{{guest.Person}}", "email": "{{guest.Person}}@mail.example" }, "channel": "email" """)));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Line(guest.Id)));
    }

    public static TheoryData<string, string> Others => new()
    {
        { ", \"touchpoint\": \"checkout\"", "touchpoint" },
        { ", \"touchpoint\": \"nowhere\"", "touchpoint" },
        { ", \"segment\": { \"country\": \"TH\" }", "segment.country" },
        { ", \"segment\": { \"country\": \"ID\", \"store\": \"7\" }", "segment.store" },
        { ", \"customer\": { \"id\": \"somebody-else\" }", "customer.id" },
    };

    [Theory, MemberData(nameof(Others))]
    public async Task What_differs_from_the_invitation_is_400_by_its_name(string more, string path)
    {
        var guest = await app.GuestAsync("order");
        await RefusedAsync(Line(guest.Id, more: more), path);
        Assert.Null(await app.AnsweredAtAsync(guest));
    }

    [Fact]
    public async Task The_customers_other_fields_and_the_survey_are_the_invitations_too()
    {
        await app.WithKey("admin").PublishAsync("another", """{ "name": "A", "languages": ["en"], "questions": [ { "key": "recommend", "kind": "nps" } ] }""");
        var guest = await app.GuestAsync("order");
        await RefusedAsync(Line(guest.Id, survey: "another"), "survey");
        await RefusedAsync(Line(guest.Id, more: $$""", "customer": { "id": "{{guest.Person}}", "email": "other@mail.example" } """), "customer.email");
    }

    async Task RefusedAsync(string json, string path)
    {
        var before = await app.ResponsesAsync();
        var errors = await (await ingest.PostTextAsync("/responses", json)).ReadErrorsAsync();
        Assert.True(errors.ContainsKey(path), string.Join(", ", errors.Keys));
        Assert.Equal(before, await app.ResponsesAsync());
    }

    [Fact]
    public async Task Answers_are_checked_against_the_version_invited_to()
    {
        await app.WithKey("admin").PublishAsync("moved", """{ "name": "N", "languages": ["en"], "questions": [ { "key": "first", "kind": "nps" } ] }""");
        var guest = await app.GuestAsync("moved");
        await app.WithKey("admin").PublishAsync("moved", """{ "name": "N", "languages": ["en"], "questions": [ { "key": "second", "kind": "nps" } ] }""");
        await RefusedAsync(Line(guest.Id, """{ "second": 9 }""", survey: "moved"), "answers.second");
        Assert.Equal(HttpStatusCode.Created, await PostAsync(Line(guest.Id, """{ "first": 9 }""", survey: "moved")));
        Assert.Equal(1, (int)(await app.ResponseAsync(guest))["version"]!);
    }

    [Fact]
    public async Task Where_nobody_was_asked_there_is_nothing_to_answer()
    {
        var guest = await app.GuestAsync("order");
        // Asked again at once: the cap refuses, and that refusal is an invitation's row as well.
        await (await ingest.PostTextAsync("/invitations", $$"""{ "survey": "order", "customer": { "id": "{{guest.Person}}" } }""")).ReadOkAsync();
        var refused = await app.WithDbAsync(db => db.Database.SqlQuery<Guid>($"select i.id as \"Value\" from invitation i join person p on p.id = i.person_id where p.key = {guest.Person} and i.not_sent is not null").SingleAsync());
        await RefusedAsync(Line(refused), "id");
        var imported = await (await ingest.PostTextAsync("/responses/import", Line(refused), "application/x-ndjson")).ReadOkAsync();
        Assert.True(imported["rejected"]![0]!["errors"]!.AsObject().ContainsKey("id"));
    }

    [Fact]
    public async Task The_page_and_the_api_meet_in_one_response()
    {
        var guest = await app.GuestAsync("order");
        var before = await app.ResponsesAsync();
        var thanks = await browser.SendAndFollowAsync(await browser.OpenAsync(guest.Link), ("recommend", "9"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Line(guest.Id)));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(Line(guest.Id, """{ "recommend": 2 }""")));

        await browser.SendAndFollowAsync(thanks, ("recommend", "2"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Line(guest.Id, """{ "recommend": 2 }""")));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(Line(guest.Id)));
        Assert.Equal(before + 1, await app.ResponsesAsync());
    }

    [Fact]
    public async Task An_answer_sent_by_the_api_is_shown_and_changed_on_the_page()
    {
        var guest = await app.GuestAsync("order");
        Assert.Equal(HttpStatusCode.Created, await PostAsync(Line(guest.Id, """{ "recommend": 4, "why": "Late" }""")));
        var page = await browser.OpenAsync(guest.Link);
        Assert.Equal(["recommend=4"], page.Chosen);
        await browser.SendAndFollowAsync(page, ("recommend", "6"), ("why", "Late"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Line(guest.Id, """{ "recommend": 6, "why": "Late" }""")));
    }

    [Fact]
    public async Task Page_and_api_at_once_are_one_response()
    {
        var guest = await app.GuestAsync("order");
        var before = await app.ResponsesAsync();
        var page = await browser.OpenAsync(guest.Link);
        var posts = Enumerable.Range(0, 10).Select(_ => PostAsync(Line(guest.Id))).ToList();
        var sent = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.SendAsync(page, ("recommend", "9"))));
        Assert.All(sent, s => Assert.Equal(HttpStatusCode.SeeOther, s.Status));
        Assert.All(await Task.WhenAll(posts), status => Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.OK]));
        Assert.Equal(before + 1, await app.ResponsesAsync());
    }

    [Fact]
    public async Task An_import_answers_invitations_among_other_lines()
    {
        var (guest, other) = (await app.GuestAsync("order"), await app.GuestAsync("order"));
        string[] lines = [Line(Guid.CreateVersion7()), Line(guest.Id), Line(other.Id, more: ", \"segment\": { \"plan\": \"none\" }"), Line(guest.Id)];
        var total = await (await ingest.PostTextAsync("/responses/import", string.Join('\n', lines), "application/x-ndjson")).ReadOkAsync();
        Assert.Equal((2, 1, 1), ((int)total["accepted"]!, (int)total["duplicates"]!, total["rejected"]!.AsArray().Count));
        Assert.Equal(3, (int)total["rejected"]![0]!["line"]!);
        Assert.Equal((true, false), (await app.AnsweredAtAsync(guest) is not null, await app.AnsweredAtAsync(other) is not null));
    }
}
