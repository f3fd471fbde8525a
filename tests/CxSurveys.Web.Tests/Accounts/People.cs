using System.Net;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Accounts;

/// <summary>People with accounts, and browsers for them: redirects are looked at, cookies kept.</summary>
internal static partial class People
{
    public const string Password = "violet river stone 47 lamps";

    public static async Task<string> CreateAccountAsync(this CxApp app, Role role, string? email = null)
    {
        email ??= $"{role}-{Guid.NewGuid():N}@example.com".ToLowerInvariant();
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var result = await accounts.CreateAsync(Account.Create(email, "Nadia Rahman", role, TimeProvider.System), Password);
        Assert.True(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
        return email;
    }

    /// <summary>A browser with its own cookies that follows no redirect.</summary>
    public static Browser Browse(this CxApp app) => new(app.Client());

    public static async Task<Browser> BrowseAsAsync(this CxApp app, Role role)
    {
        var browser = app.Browse();
        using var answer = await browser.SignInAsync(await app.CreateAccountAsync(role));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    internal sealed class Browser(HttpClient client) : IDisposable
    {
        public HttpClient Client => client;

        public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path, TestContext.Current.CancellationToken);

        public async Task<string> ReadAsync(string path)
        {
            using var answer = await GetAsync(path);
            return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        public Task<HttpResponseMessage> SignInAsync(string email, string password = Password, string returnUrl = "") =>
            PostFormAsync("/sign-in", new() { ["email"] = email, ["password"] = password, ["returnUrl"] = returnUrl });

        /// <summary>Loads the page with the form, as a browser does, and sends it to <paramref name="action"/> or back to that page.</summary>
        public async Task<HttpResponseMessage> PostFormAsync(string page, Dictionary<string, string> fields, string? action = null)
        {
            fields["__form"] = await TokenAsync(page);
            using var content = new FormUrlEncodedContent(fields);
            return await client.PostAsync(action ?? page, content, TestContext.Current.CancellationToken);
        }

        /// <summary>What proves that a form was sent from this page.</summary>
        public async Task<string> TokenAsync(string page) => Token().Match(await ReadAsync(page)).Groups[1].Value;

        public void Dispose() => client.Dispose();
    }

    [GeneratedRegex("name=\"__form\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
