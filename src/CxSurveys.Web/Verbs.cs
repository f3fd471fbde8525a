using System.CommandLine;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Demo;
using CxSurveys.Web.Features.Responses.Importing;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web;

/// <summary>
/// The verbs of the command line. Each works while the app is running and while it is not: with the embedded PostgreSQL they
/// attach to the running one or start it for the moment.
/// </summary>
internal static class Verbs
{
    public static Task<int> RunAsync(string[] args, Func<string[], WebApplication> compose)
    {
        var root = new RootCommand("CxSurveys: surveys and their scores. Without a verb it serves.") { TreatUnmatchedTokensAsErrors = false };
        var serve = new Command("serve", "The web app.") { TreatUnmatchedTokensAsErrors = false };
        var demo = new Option<bool>("--demo") { Description = "Load an invented company with a year of answers into an empty database first." };
        root.SetAction((parsed, ct) => parsed.UnmatchedTokens is [var verb, ..] && !verb.StartsWith('-')
            ? UnknownVerbAsync(verb)
            : ServeAsync(parsed, demo, compose, ct));
        serve.SetAction((parsed, ct) => ServeAsync(parsed, demo, compose, ct));

        root.Add(demo);
        serve.Add(demo);
        root.Add(serve);
        root.Add(Admin(compose));
        root.Add(Keys(compose));
        root.Add(Import(compose));
        root.Add(Simple("verify", "Recompute every cell from the answers and compare; exit 1 if any differs.", compose,
            (services, ct) => VerifyScores.RunAsync(services.GetRequiredService<CxDbContext>(), Console.Out, ct)));
        root.Add(Simple("rebuild-scores", "Write the cells anew from the answers.", compose,
            (services, ct) => RebuildScores.RunAsync(services.GetRequiredService<CxDbContext>(), Console.Out, ct)));
        root.Add(Simple("migrate", "Apply migrations and stop.", compose, (_, _) => Task.FromResult(0)));
        root.Add(Language());
        root.Add(Health());
        return root.Parse(args).InvokeAsync();
    }

    static async Task<int> UnknownVerbAsync(string verb)
    {
        await Console.Error.WriteLineAsync($"There is no verb '{verb}'; --help lists them.");
        return 2;
    }

    static async Task<int> ServeAsync(ParseResult parsed, Option<bool> demo, Func<string[], WebApplication> compose, CancellationToken ct)
    {
        bool wanted = parsed.GetValue(demo);
        await using var app = compose([.. parsed.UnmatchedTokens, .. wanted ? DemoFeature.Settings : []]);
        await PrepareAsync(app, ct);
        await app.PrepareDemoAsync(wanted, ct);
        await app.RunAsync(ct);
        return 0;
    }

    static Command Admin(Func<string[], WebApplication> compose)
    {
        var email = new Option<string>("--email") { Required = true, Description = "The address to sign in with." };
        var fromInput = new Option<bool>("--password-stdin") { Required = true, Description = "Read the password from standard input." };
        var create = new Command("create", "Make an administrator.") { email, fromInput };
        create.SetAction((parsed, ct) => OnceAsync(compose, services => AdminCreate.RunAsync(services, parsed.GetValue(email)!, Console.In, Console.Out, Console.Error, ct), ct));
        return new Command("admin", "Administrators.") { create };
    }

    static Command Keys(Func<string[], WebApplication> compose)
    {
        var name = new Option<string>("--name") { Required = true, Description = "What the key is for." };
        var role = new Option<string>("--role") { Required = true, Description = "admin, ingest or analyst." };
        role.AcceptOnlyFromAmong("admin", "ingest", "analyst");
        var create = new Command("create", "Make an API key; it is printed once.") { name, role };
        create.SetAction((parsed, ct) => OnceAsync(compose, services => KeysCommand.CreateAsync(services, parsed.GetValue(name)!, parsed.GetValue(role)!, Console.Out, Console.Error, ct), ct));
        var revoke = new Command("revoke", "End an API key.") { name };
        revoke.SetAction((parsed, ct) => OnceAsync(compose, services => KeysCommand.RevokeAsync(services, parsed.GetValue(name)!, Console.Out, Console.Error, ct), ct));
        return new Command("keys", "API keys.") { create, revoke };
    }

    static Command Import(Func<string[], WebApplication> compose)
    {
        var file = new Argument<string>("file") { Description = "JSON lines or an exported CSV; - for standard input." };
        var survey = new Option<string?>("--survey") { Description = "Only answers of this survey; lines may leave it out." };
        var import = new Command("import", "Import past answers; run it again and nothing is added.") { file, survey };
        import.SetAction((parsed, ct) => OnceAsync(compose, services => ImportCommand.RunAsync(services, parsed.GetValue(file)!, parsed.GetValue(survey), ct), ct));
        return import;
    }

    static Command Language()
    {
        var tag = new Argument<string>("tag") { Description = "The language, such as fr or pt-BR." };
        var pages = new Option<bool>("--pages") { Description = "The texts of colleagues' pages instead of those that customers read." };
        var language = new Command("language", "Print the file of a language to translate: buttons, errors, mails and standard questions, in English where it has none.") { tag, pages };
        language.SetAction((parsed, ct) => Console.Out.WriteLineAsync((parsed.GetValue(pages) ? PageTexts.Template(parsed.GetValue(tag)!) : LanguageFiles.Template(parsed.GetValue(tag)!)).AsMemory(), ct));
        return language;
    }

    // Nothing is composed: it runs twice a minute beside the app.
    static Command Health()
    {
        var health = new Command("health", "Ask the app that runs here whether it is ready; exit 1 if not.");
        health.SetAction((_, ct) => HealthCommand.RunAsync(Environment.GetEnvironmentVariable("ASPNETCORE_URLS"), Console.Error, ct));
        return health;
    }

    static Command Simple(string name, string description, Func<string[], WebApplication> compose, Func<IServiceProvider, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        command.SetAction((_, ct) => OnceAsync(compose, services => run(services, ct), ct));
        return command;
    }

    static async Task<int> OnceAsync(Func<string[], WebApplication> compose, Func<IServiceProvider, Task<int>> run, CancellationToken ct)
    {
        await using var app = compose([]);
        await PrepareAsync(app, ct);
        await using var scope = app.Services.CreateAsyncScope();
        return await run(scope.ServiceProvider);
    }

    static async Task PrepareAsync(WebApplication app, CancellationToken ct)
    {
        await app.PrepareDatabaseAsync(ct);
        await using var scope = app.Services.CreateAsyncScope();
        await FirstOrganisation.EnsureAsync(scope.ServiceProvider.GetRequiredService<CxDbContext>(), app.Configuration, ct);
    }
}
