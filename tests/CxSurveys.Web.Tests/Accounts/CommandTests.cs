using System.Net;
using CxSurveys.Web.Features.Accounts;

namespace CxSurveys.Web.Tests.Accounts;

public sealed class CommandTests(CxApp app) : IClassFixture<CxApp>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admin_made_on_the_command_line_can_sign_in()
    {
        Assert.Equal(0, await CreateAdmin("operator@example.com", People.Password));
        using var browser = app.Browse();
        using var answer = await browser.SignInAsync("Operator@Example.com");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(1, await CreateAdmin("operator@example.com", People.Password));
    }

    [Theory]
    [InlineData("weak@example.com", "password1234")]
    [InlineData("weak@example.com", "")]
    [InlineData("a@example.com, b@example.com", People.Password)]
    public async Task A_bad_address_or_password_makes_no_admin(string email, string password) => Assert.Equal(1, await CreateAdmin(email, password));

    [Fact]
    public async Task A_revoked_key_stops_soon()
    {
        using var client = app.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await CreateKey("short-lived", "analyst"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));

        using var text = new StringWriter();
        Assert.Equal(0, await KeysCommand.RevokeAsync(app.Services, "short-lived", text, text, Cancel));
        // Keys are remembered for a second; how long that takes here depends on what else runs.
        for (int tries = 0; tries < 100 && await StatusAsync(client) == HttpStatusCode.OK; tries++) await Task.Delay(TimeSpan.FromMilliseconds(100), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client));
        Assert.Equal(1, await KeysCommand.RevokeAsync(app.Services, "never-made", text, text, Cancel));
    }

    [Fact]
    public async Task A_name_is_used_once_and_a_role_must_exist()
    {
        using var text = new StringWriter();
        await CreateKey("shop", "ingest");
        Assert.Equal(1, await KeysCommand.CreateAsync(app.Services, "shop", "ingest", text, text, Cancel));
        Assert.Equal(1, await KeysCommand.CreateAsync(app.Services, "shop2", "owner", text, text, Cancel));
        Assert.Equal(1, await KeysCommand.CreateAsync(app.Services, "shop2", "1", text, text, Cancel));
        Assert.DoesNotContain(ApiKey.Prefix, text.ToString(), StringComparison.Ordinal);
    }

    static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/openapi/v1.json", Cancel);
        return answer.StatusCode;
    }

    async Task<string> CreateKey(string name, string role)
    {
        using var text = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(0, await KeysCommand.CreateAsync(app.Services, name, role, text, error, Cancel));
        return text.ToString().TrimEnd().Split('\n')[^1];
    }

    async Task<int> CreateAdmin(string email, string password)
    {
        using var stdin = new StringReader(password);
        using var text = new StringWriter();
        return await AdminCreate.RunAsync(app.Services, email, stdin, text, text, Cancel);
    }
}
