using System.Text;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.People;

/// <summary>What other features build on: how a person is read from JSON, added, changed and left alone.</summary>
public sealed class DirectoryTests(CxApp app) : IClassFixture<CxApp>
{
    static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    static (PostedPerson? Person, Errors Errors) Read(string json)
    {
        var errors = new Errors();
        var person = JsonBody.Parse<PostedPerson>(Encoding.UTF8.GetBytes(json), errors);
        if (person is not null) errors.Add(new PostedPerson.Rules().Validate(person));
        return (person, errors);
    }

    async Task<T> WithDirectoryAsync<T>(Func<PeopleDirectory, Task<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PeopleDirectory>());
    }

    Task<Person> AddAsync(PostedPerson person) => WithDirectoryAsync(people => people.AddOrUpdateAsync(person, Ct));

    [Fact]
    public void Attributes_stand_beside_the_fields_or_in_an_object_of_their_own()
    {
        var (person, errors) = Read("""{"id":"c 1/ก","email":"a@example.com","consent":"no","timeZone":"Asia/Jakarta","country":"ID","plan":null,"attributes":{"tier":"gold","old":null}}""");
        Assert.Empty(errors.ToDictionary());
        Assert.False(person!.Consent);
        Assert.Equal(new() { ["country"] = "ID", ["tier"] = "gold" }, person.AllAttributes());
        Assert.False(person.IsIdAlone);
        Assert.True(Read("""{"id":"c","name":null,"country":null,"attributes":{}}""").Person!.IsIdAlone);
    }

    [Theory]
    [InlineData("""{"email":"a@example.com"}""", "id")]
    [InlineData("""{"id":" "}""", "id")]
    [InlineData("""{"id":7}""", "id")]
    [InlineData("""{"id":"c","email":"Ann <a@example.com>"}""", "email")]
    [InlineData("""{"id":"c","email":"a@example.com\r\nBcc: b@example.com"}""", "email")]
    [InlineData("""{"id":"c","name":"Ann\r\nBcc: b@example.com"}""", "name")]
    [InlineData("""{"id":"c","name":"Ann\u2028Lee"}""", "name")]
    [InlineData("""{"id":"c","language":"english"}""", "language")]
    [InlineData("""{"id":"c","timeZone":"Mars/Olympus"}""", "timeZone")]
    [InlineData("""{"id":"c","consent":"maybe"}""", "consent")]
    [InlineData("""{"id":"c","consent":1}""", "consent")]
    [InlineData("""{"id":"c","age":5}""", "age")]
    [InlineData("""{"id":"c","note":"a\u0000b"}""", "note")]
    [InlineData("""{"id":"c","note":"two\nlines"}""", "note")]
    [InlineData("""{"id":"c","note":""}""", "note")]
    [InlineData("""{"id":"c","Email":"a@example.com"}""", "Email")]
    [InlineData("""{"id":"c","attributes":{"tier":"a","tier":"b"}}""", "attributes.tier")]
    [InlineData("""{"id":"c","tier":"a","attributes":{"tier":"b"}}""", "tier")]
    [InlineData("""{"id":"c","attributes":{"timezone":"b"}}""", "attributes.timezone")]
    [InlineData("""{"id":"c","attributes":{"":"b"}}""", "attributes.")]
    [InlineData("""{"id":"c","attributes":"gold"}""", "attributes")]
    public void What_is_wrong_is_named(string json, string path) => Assert.Equal([path], Read(json).Errors.ToDictionary().Keys);

    [Fact]
    public void Lengths_end_where_the_contract_says()
    {
        static string With(string id, string name, string value) => $$"""{"id":"{{id}}","{{name}}":"{{value}}"}""";
        Assert.False(Read(With(new('i', 200), new('n', 64), new('v', 200))).Errors.Any);
        Assert.True(Read(With(new('i', 201), "n", "v")).Errors.Has("id"));
        Assert.True(Read(With("i", new('n', 65), "v")).Errors.Has(new string('n', 65)));
        Assert.True(Read(With("i", "n", new('v', 201))).Errors.Has("n"));
        Assert.True(Read("{\"id\":\"i\"," + string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"a{i}\":\"x\"")) + "}").Errors.Has("attributes"));
    }

    [Fact]
    public async Task What_is_left_out_stays_and_an_opt_out_too()
    {
        var added = await AddAsync(new() { Id = "stays", Email = "s@example.com", Name = "Siti", Consent = true, Attributes = new() { ["country"] = "ID", ["plan"] = "free" } });
        await WithDirectoryAsync(async people => { await people.OptOutAsync(added.Id, Ct); return 0; });
        var optedOut = (await WithDirectoryAsync(people => people.FindAsync("stays", Ct)))!.OptedOutAt;
        Assert.NotNull(optedOut);

        var changed = await AddAsync(new() { Id = "stays", Language = "id", Consent = true, Attributes = new() { ["plan"] = "gold" } });
        Assert.Equal(added.Id, changed.Id);
        Assert.Equal(("s@example.com", "Siti", "id", true), (changed.Email, changed.Name, changed.Language, changed.EmailConsent));
        Assert.Equal(new() { ["country"] = "ID", ["plan"] = "gold" }, changed.Attributes);
        Assert.Equal(optedOut, changed.OptedOutAt);

        await WithDirectoryAsync(async people => { await people.OptOutAsync(added.Id, Ct); return 0; });
        Assert.Equal(optedOut, (await WithDirectoryAsync(people => people.FindAsync("stays", Ct)))!.OptedOutAt);
    }

    [Fact]
    public async Task Twenty_who_add_the_same_person_at_once_all_succeed()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AddAsync(new() { Id = "race", Attributes = new() { [$"a{i}"] = "x" } })));
        Assert.Single(added.Select(p => p.Id).Distinct());
        Assert.Equal(20, (await WithDirectoryAsync(people => people.FindAsync("race", Ct)))!.Attributes.Count);
    }

    [Fact]
    public async Task Attributes_that_would_be_too_many_together_are_refused()
    {
        await AddAsync(new() { Id = "full", Attributes = Enumerable.Range(0, 20).ToDictionary(i => $"a{i}", string? (_) => "x") });
        var more = new PostedPerson { Id = "full", Name = "Not stored", Attributes = new() { ["one more"] = "x" } };
        var errors = new Errors();
        Assert.Null(await WithDirectoryAsync(people => people.AddOrUpdateAsync(more, errors, "customer.", Ct)));
        Assert.True(errors.Has("customer.attributes"));
        await Assert.ThrowsAsync<BadHttpRequestException>(() => AddAsync(more));
        Assert.Null((await WithDirectoryAsync(people => people.FindAsync("full", Ct)))!.Name);
        Assert.Equal("y", (await AddAsync(new() { Id = "full", Attributes = new() { ["a0"] = "y" } })).Attributes["a0"]);
    }

    [Fact]
    public async Task A_key_that_cannot_be_stored_is_nobody() => Assert.Null(await WithDirectoryAsync(people => people.FindAsync("a\0b", Ct)));
}
