using System.Net;
using System.Text;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Invitations;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.AboutPeople;

/// <summary>An address on the list is never written to, and the list does not tell whose it is.</summary>
public sealed class SuppressionTests(SilentApp app) : IClassFixture<SilentApp>
{
    static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    readonly string customer = $"c-{Guid.NewGuid():N}";

    async Task<string> DoAsync(string act, string addresses)
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        using var answer = await admin.PostFormAsync("/people/suppressed", new() { ["Addresses"] = addresses }, $"/people/suppressed?handler={act}");
        return $"{(int)answer.StatusCode} {WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct))}";
    }

    Task<HttpResponseMessage> AskAsync() => app.WithKey("ingest").PostTextAsync("/invitations", $$"""{ "survey": "after-delivery", "customer": { "id": "{{customer}}", "email": "{{customer}}@Example.com" } }""");

    [Fact]
    public async Task A_suppressed_address_is_not_asked_until_it_is_taken_off()
    {
        Assert.Contains("1 added, 0 were on the list", await DoAsync("Add", $"{customer.ToUpperInvariant()}@example.COM"), StringComparison.Ordinal);
        Assert.Contains("0 added, 1 were on the list", await DoAsync("Add", $"{customer}@example.com"), StringComparison.Ordinal);
        using (var refused = await AskAsync()) Assert.Equal("suppressed", (string?)(await refused.ReadOkAsync())["notSent"]);
        Assert.Contains($"On the list: {customer}@example.com.", await DoAsync("Look", $"{customer}@example.com other@example.com"), StringComparison.Ordinal);
        Assert.Contains("1 taken off", await DoAsync("Remove", $"{customer}@example.com"), StringComparison.Ordinal);
        using var asked = await AskAsync();
        Assert.Equal(201, (int)asked.StatusCode);
    }

    [Fact]
    public async Task The_list_holds_salted_hashes_only()
    {
        await DoAsync("Add", $"{customer}@example.com");
        byte[][] hashes = [.. await app.WithDbAsync(db => db.Set<SuppressedAddress>().Select(a => a.Hash).ToListAsync(Ct))];
        Assert.All(hashes, hash => Assert.Equal(32, hash.Length));
        byte[] unsalted = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{customer}@example.com"));
        Assert.DoesNotContain(hashes, hash => hash.SequenceEqual(unsalted));
    }

    [Fact]
    public async Task One_wrong_address_stops_them_all_and_is_named()
    {
        string answer = await DoAsync("Add", $"{customer}@example.com, nonsense");
        Assert.StartsWith("400 ", answer, StringComparison.Ordinal);
        Assert.Contains("'nonsense' is not one email address", answer, StringComparison.Ordinal);
        Assert.Contains("None of them", await DoAsync("Look", $"{customer}@example.com"), StringComparison.Ordinal);
    }
}
