using System.Net;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Accounts;

/// <summary>Every address and method there is, asked by nobody, each role and each key. A new one needs a row here.</summary>
public sealed partial class RouteWalkTests(CxApp app) : IClassFixture<CxApp>
{
    static readonly string[] Everyone = ["nobody", "admin", "manager", "analyst", "ingest key", "analyst key", "admin key"];
    static readonly string[] Persons = ["admin", "manager", "analyst"];
    static readonly string[] Keys = ["ingest key", "analyst key", "admin key"];

    static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["/sign-in"] = Everyone,
        ["/setup/{secret}"] = Everyone,
        ["/error/{code:int}"] = Everyone,
        ["/sign-out"] = Persons,
        ["/theme"] = Persons,
        ["/language"] = Persons,
        ["/openapi/{documentName}.json"] = [.. Persons, .. Keys],
        ["/docs"] = [.. Persons, .. Keys],
        ["/docs/{documentName?}"] = [.. Persons, .. Keys],
        // The library's own files, which say nothing about this site.
        ["/docs/scalar.js"] = Everyone,
        ["/docs/scalar.aspnetcore.js"] = Everyone,
        ["/docs/favicon.svg"] = Everyone,

        ["GET /api/v1/journey"] = ["analyst key", "admin key"],
        ["PUT /api/v1/journey"] = ["admin key"],
        ["GET /api/v1/surveys"] = ["analyst key", "admin key"],
        ["GET /api/v1/surveys/{key}"] = ["analyst key", "admin key"],
        ["PUT /api/v1/surveys/{key}"] = ["admin key"],
        ["POST /api/v1/surveys/{key}/publish"] = ["admin key"],
        ["GET /api/v1/surveys/{key}/versions"] = ["analyst key", "admin key"],
        ["GET /api/v1/surveys/{key}/versions/{version:int}"] = ["analyst key", "admin key"],
        ["POST /api/v1/surveys/{key}/versions/{version:int}/publish"] = ["admin key"],
        ["PUT /api/v1/surveys/{key}/versions/{version:int}/comparable"] = ["admin key"],
        ["POST /api/v1/surveys/{key}/close"] = ["admin key"],
        ["POST /api/v1/surveys/{key}/reopen"] = ["admin key"],
        ["POST /api/v1/people/import"] = ["ingest key", "admin key"],
        ["POST /api/v1/responses"] = ["ingest key", "admin key"],
        ["POST /api/v1/responses/import"] = ["ingest key", "admin key"],
        ["GET /api/v1/responses/imports"] = ["ingest key", "admin key"],
        ["GET /api/v1/responses/imports/{id:guid}"] = ["ingest key", "admin key"],
        ["GET /api/v1/responses"] = ["analyst key", "admin key"],
        ["PUT /api/v1/responses/{id:guid}/state"] = ["admin key"],
        ["GET /api/v1/invitations"] = ["analyst key", "admin key"],
        ["GET /sending.csv"] = ["admin"],
        ["POST /api/v1/invitations"] = ["ingest key", "admin key"],
        ["POST /api/v1/events"] = ["ingest key", "admin key"],
        ["POST /api/v1/events/import"] = ["ingest key", "admin key"],
        ["GET /api/v1/scores"] = ["analyst key", "admin key"],
        ["GET /api/v1/scores/compare"] = ["analyst key", "admin key"],
        ["GET /api/v1/scores/why"] = ["analyst key", "admin key"],
        ["GET /api/v1/settings"] = ["analyst key", "admin key"],
        ["PUT /api/v1/settings"] = ["admin key"],

        ["/set-up"] = ["admin"],
        ["/set-up/settings"] = ["admin"],
        ["/set-up/journey"] = ["admin"],
        ["/set-up/keys"] = ["admin"],
        ["/set-up/look"] = ["admin"],
        ["GET /look/logo/{hash}"] = Everyone,
        ["/set-up/colleagues"] = ["admin"],
        ["/welcome/{secret}"] = Everyone,

        ["/"] = Persons,
        ["/journey"] = Persons,
        ["/journey/{stage}"] = Persons,
        ["/touchpoints/{key}"] = Persons,
        ["/compare"] = Persons,
        ["GET /compare.csv"] = Persons,
        ["GET /journey.csv"] = Persons,
        ["GET /live"] = Persons,
        ["/sending"] = ["admin"],
        ["/sending/invite"] = ["admin"],
        ["/sending/rules"] = ["admin"],
        ["/sending/rules/{id}"] = ["admin"],
        ["/sending/rules/{id:int}/try"] = ["admin"],
        ["/sending/events"] = ["admin"],
        ["/sending/coverage"] = ["admin"],
        ["/responses"] = Persons,
        ["/responses/{id}"] = Persons,
        ["/responses/import"] = ["admin"],
        ["/responses/import/{id:guid}"] = ["admin"],
        ["GET /responses/import/{id:guid}/status"] = ["admin"],
        ["GET /responses/import/{id:guid}/rejected.csv"] = ["admin"],
        ["GET /responses.csv"] = Persons,
        ["GET /responses.xlsx"] = Persons,
        ["/people"] = ["admin"],
        ["/people/new"] = ["admin"],
        ["/people/import"] = ["admin"],
        ["/people/merge"] = ["admin"],
        ["/timeline"] = ["admin"],
        ["/people/suppressed"] = ["admin"],
        ["/people/import/{id:guid}"] = ["admin"],
        ["/people/{key}"] = ["admin"],
        ["/dev/mailbox"] = ["admin"],
        ["/dev/mailbox/{id:long}/html"] = ["admin"],
        ["/surveys"] = ["admin"],
        ["/surveys/new"] = ["admin"],
        ["/surveys/{key}"] = ["admin"],
        ["/surveys/{key}/edit"] = ["admin"],
        ["/surveys/{key}/publish"] = ["admin"],
        ["/surveys/{key}/translate"] = ["admin"],
        ["/surveys/{key}/versions"] = ["admin"],
        ["/surveys/{key}/test"] = ["admin"],
        ["/surveys/{key}/preview"] = ["admin"],
        ["/surveys/{key}/thanks"] = ["admin"],
        ["/surveys/{key}/share"] = ["admin"],
        ["/surveys/{key}/share/sheet"] = ["admin"],
        ["GET /surveys/{key}/share/qr.svg"] = ["admin"],
        ["GET /surveys/{key}/share/qr.png"] = ["admin"],
        ["/s/{survey}"] = Everyone,
        ["/s/{survey}/kiosk"] = Everyone,
        ["GET /s/{survey}/widget"] = Everyone,
        ["/s/{survey}/a/{seal}"] = Everyone,
        ["/r/{secret}"] = Everyone,
        ["/u/{secret}"] = Everyone,
        ["/health/live"] = Everyone,
        ["/health/ready"] = Everyone,
    };

    [Fact]
    public async Task Each_route_lets_in_exactly_whom_it_should()
    {
        var clients = await ClientsAsync();
        var wrong = new List<string>();
        foreach (var endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                var route = "/" + endpoint.RoutePattern.RawText?.Trim('/');
                if (AllowedOn(method, route) is not { } allowed)
                {
                    wrong.Add($"{method} {route} has no row");
                    continue;
                }
                foreach (var (who, client) in clients)
                {
                    var seen = await AskAsync(client, method, route);
                    var expected = allowed.Contains(who) ? "let in" : Refusal(who, route);
                    if (seen != expected) wrong.Add($"{method} {route}: {who} is {seen}, expected {expected}");
                }
            }
        }
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    // The built files change names with every build; all of them are for everyone.
    static string[]? AllowedOn(string method, string route) => route.StartsWith("/assets/", StringComparison.Ordinal) || route == "/{**path:file}"
        ? Everyone
        : Allowed.GetValueOrDefault($"{method} {route}") ?? Allowed.GetValueOrDefault(route);

    // No cookie opens the API, no key a page; the API never redirects.
    static string Refusal(string who, string route)
    {
        bool api = route.StartsWith("/api/", StringComparison.Ordinal);
        if (api) return Keys.Contains(who) ? "403" : "401";
        return Persons.Contains(who) ? "403" : "sent to sign-in";
    }

    static async Task<string> AskAsync(HttpClient client, string method, string route)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Filled(route));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) return $"{(int)answer.StatusCode}";
        bool toSignIn = answer.Headers.Location is { } target && target.OriginalString.Contains("/sign-in", StringComparison.Ordinal);
        if (toSignIn) return "sent to sign-in";
        return (int)answer.StatusCode < 500 ? "let in" : $"failed with {(int)answer.StatusCode}";
    }

    static string Filled(string route) => Parameter().Replace(route, hole => hole.Value switch
    {
        "{documentName}" or "{documentName?}" => "v1",
        "{code:int}" => "404",
        "{id:long}" or "{id:int}" or "{version:int}" => "1",
        "{id:guid}" => "019a0000-0000-7000-8000-000000000000",
        _ => "none",
    });

    async Task<List<(string Who, HttpClient Client)>> ClientsAsync() =>
    [
        ("nobody", app.Anonymous),
        ("admin", (await app.BrowseAsAsync(Role.Admin)).Client),
        ("manager", (await app.BrowseAsAsync(Role.Manager)).Client),
        ("analyst", (await app.BrowseAsAsync(Role.Analyst)).Client),
        ("ingest key", app.WithKey("ingest")),
        ("analyst key", app.WithKey("analyst")),
        ("admin key", app.WithKey("admin")),
    ];

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
