using CxSurveys.Testing;
using CxSurveys.Web.Features.Accounts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(TestPostgres))]

namespace CxSurveys.Browser.Tests;

/// <summary>The app on a port that a browser reaches, with an admin who can sign in.</summary>
public class BrowserApp(TestPostgres postgres) : CxApp(postgres)
{
    const string Email = "nadia@larkfield.example";
    const string Password = "seven kettles under a willow";

    readonly SemaphoreSlim oneSignIn = new(1);
    string? session;

    protected override bool OnARealPort => true;

    public HttpClient Admin => field ??= WithKey("admin");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.Equal(0, await AdminCreate.RunAsync(Services, Email, new StringReader(Password)));
    }

    /// <summary>A tab of the signed-in admin; signs in on the page the first time, as a person would.</summary>
    public async Task<Tab> OpenAsAdminAsync(Chromium chromium)
    {
        await oneSignIn.WaitAsync();
        try
        {
            session ??= await SignInAsync(chromium);
        }
        finally
        {
            oneSignIn.Release();
        }
        return await chromium.OpenAsync(Address, new() { StorageState = session });
    }

    async Task<string> SignInAsync(Chromium chromium)
    {
        await using var tab = await chromium.OpenAsync(Address);
        await tab.Page.GotoAsync("/sign-in");
        await tab.Page.Locator("input[name=email]").FillAsync(Email);
        await tab.Page.Locator("input[name=password]").FillAsync(Password);
        await tab.Page.Locator("button[type=submit]").ClickAsync();
        await tab.Page.WaitForURLAsync(address => !address.Contains("/sign-in", StringComparison.Ordinal));
        return await tab.Page.Context.StorageStateAsync();
    }

    /// <summary>Patterns of all addresses that answer GET and are neither files nor for machines, without the leading slash.</summary>
    public IEnumerable<string> PageRoutes() =>
        Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("GET"))
            .Select(e => (e.RoutePattern.RawText ?? "").TrimStart('/'))
            .Where(route => !ForMachines.Any(start => route.StartsWith(start, StringComparison.Ordinal)) && !IsFile(route))
            .Distinct();

    static bool IsFile(string route) => route.EndsWith(":file}", StringComparison.Ordinal) || Path.GetExtension(route) is ".js" or ".css" or ".svg" or ".png" or ".csv" or ".xlsx";

    static readonly string[] ForMachines = ["api/", "openapi/", "health/", "look/", "s/{survey}/widget", "assets/", "live", "responses/import/{id:guid}/status"];
}
