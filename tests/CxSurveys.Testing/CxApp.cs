using System.Net.Http.Headers;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Scores;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CxSurveys.Testing;

/// <summary>The whole app on a database of its own; one for each test class that asks for it.</summary>
public class CxApp(TestPostgres postgres) : IAsyncLifetime
{
    readonly Dictionary<string, string> keys = [];
    readonly List<HttpClient> clients = [];
    string connectionString = "";
    Factory factory = null!;

    public IServiceProvider Services => factory.Services;

    public string ConnectionString => connectionString;

    /// <summary>No key, no cookie.</summary>
    public HttpClient Anonymous => Client();

    /// <summary>True = a real Kestrel on a free port of the loopback, for browsers.</summary>
    protected virtual bool OnARealPort => false;

    /// <summary>Where the app listens.</summary>
    public Uri Address => factory.ClientOptions.BaseAddress;

    public virtual async ValueTask InitializeAsync()
    {
        connectionString = await postgres.CreateDatabaseAsync();
        factory = new Factory(connectionString, Settings, Configure);
        if (OnARealPort) factory.UseKestrel(0);
        factory.StartServer();
        foreach (string role in new[] { "admin", "ingest", "analyst" })
        {
            var (key, problem) = await Services.GetRequiredService<ApiKeys>().CreateAsync($"test {role}", Enum.Parse<KeyRole>(role, ignoreCase: true), CancellationToken.None);
            keys[role] = key ?? throw new InvalidOperationException(problem);
        }
    }

    /// <summary>Settings by name, for example <c>CxSurveys:PublicUrl</c>.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>The app once more on the same database and key ring, as another process has it; the caller disposes it.</summary>
    public WebApplicationFactory<Program> StartAnother(IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? configure = null)
    {
        var another = new Factory(connectionString, settings ?? Settings, configure ?? Configure);
        another.StartServer();
        return another;
    }

    /// <summary>Replaces services, for example the clock.</summary>
    protected virtual void Configure(IServiceCollection services) { }

    public HttpClient WithKey(string role)
    {
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", keys[role]);
        return client;
    }

    /// <summary>A client that keeps its cookies and does not follow redirects.</summary>
    public HttpClient Client()
    {
        var client = factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = Address });
        clients.Add(client);
        return client;
    }

    public async Task<T> WithDbAsync<T>(Func<CxDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<CxDbContext>());
    }

    /// <summary>How many responses are stored.</summary>
    public Task<long> ResponsesAsync() => WithDbAsync(db => db.Database.SqlQuery<long>($"select count(*) as \"Value\" from response").SingleAsync());

    /// <summary>The exit code of <c>verify</c>: 0 when the cells equal the answers.</summary>
    public Task<int> VerifyAsync() => WithDbAsync(db => VerifyScores.RunAsync(db, TextWriter.Null, CancellationToken.None));

    public virtual async ValueTask DisposeAsync()
    {
        clients.ForEach(c => c.Dispose());
        await factory.DisposeAsync();
        await postgres.DropAsync(connectionString);
        GC.SuppressFinalize(this);
    }

    sealed class Factory(string connectionString, IReadOnlyDictionary<string, string> settings, Action<IServiceCollection> configure) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseSetting("ConnectionStrings:CxSurveys", connectionString);
            builder.UseSetting("CxSurveys:DataFolder", Path.Combine(Path.GetTempPath(), "cxsurveys-tests", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            // A line for each request would bury the failures.
            builder.UseSetting("Serilog:MinimumLevel:Default", "Error");
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
            builder.ConfigureServices(configure);
        }
    }
}
