using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Respond;

namespace CxSurveys.Web.Tests.Platform;

/// <summary>An app whose data folder, and with it the key ring's certificate, a process of its own can share.</summary>
public sealed class AppWithFolder(TestPostgres postgres) : CxApp(postgres)
{
    public DirectoryInfo Data { get; } = Directory.CreateTempSubdirectory("cxsurveys-language-");

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["CxSurveys:DataFolder"] = Data.FullName };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Data.Delete(recursive: true);
    }
}

public sealed class LanguageFilesTests(AppWithFolder app) : IClassFixture<AppWithFolder>, IDisposable
{
    readonly DirectoryInfo folder = app.Data.CreateSubdirectory("languages");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>French where a test looks, English elsewhere.</summary>
    static JsonObject French()
    {
        var file = (JsonObject)JsonNode.Parse(LanguageFiles.Template("fr"))!;
        file["pages"]!["name"] = "Français";
        file["pages"]!["form.send"] = "Envoyer";
        file["pages"]!["error.number"] = "Veuillez choisir un chiffre de {min} à {max}.";
        file["mails"]!["greeting.name"] = "Bonjour {name},";
        file["mails"]!["stop"] = "Ne plus recevoir ces messages";
        file["questions"]!["nps.question"] = "Recommanderiez-vous {company} ?";
        return file;
    }

    void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);

    public static TheoryData<string, string, string> Defects => new()
    {
        { "nonsense.json", "{}", "no language tag" },
        { "id.json", "{}", "comes with CxSurveys" },
        { "fr.json", "{", "not JSON" },
        { "fr.json", "[]", "pages: this part is missing" },
        { "fr.json", Changed(f => f["mails"]!.AsObject().Remove("open")), "mails: the text \"open\" is missing" },
        { "fr.json", Changed(f => f["mails"]!["opne"] = "x"), "there is no text \"opne\"" },
        { "fr.json", Changed(f => f["mails"]!["greeting.name"] = "Bonjour,"), "\"greeting.name\" must keep {name}" },
        { "fr.json", Changed(f => f["pages"]!["form.send"] = " "), "\"form.send\" must be a text" },
        { "fr.json", Changed(f => f["pages"]!["form.send"] = "Envoyer {name}"), "\"form.send\" has nothing to fill in" },
        { "fr.json", Changed(f => f["pages"]!["dir"] = "left"), "\"dir\" is ltr or rtl" },
        { "fr.json", Changed(f => f["pages"]!["date"] = "%"), "\"date\" is no way" },
        { "fr.json", Changed(f => f["questions"]!["csat.2"] = new JsonArray("un")), "\"csat.2\" has 2 texts" },
    };

    [Theory, MemberData(nameof(Defects))]
    public void A_defect_is_told_with_its_place(string name, string text, string told)
    {
        Write(name, text);
        var problem = Assert.Throws<InvalidDataException>(() => LanguageFiles.ReadFolder(folder.FullName));
        Assert.Contains(name, problem.Message, StringComparison.Ordinal);
        Assert.Contains(told, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sixth_language_is_spoken_on_pages_in_errors_and_in_mails_without_a_build()
    {
        Write("fr.json", French().ToJsonString());
        using var served = await ServeAsync();
        using var admin = new HttpClient { BaseAddress = new Uri(served.Address, "api/v1/"), DefaultRequestHeaders = { Authorization = app.WithKey("admin").DefaultRequestHeaders.Authorization } };
        using var put = await admin.PutAsync(new Uri("surveys/six", UriKind.Relative), new StringContent("""{ "name": "Six", "languages": ["fr", "en"], "questions": [ { "key": "recommend", "kind": "nps", "required": true } ] }""", new MediaTypeHeaderValue("application/json")), Cancel);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        using var published = await admin.PostAsync(new Uri("surveys/six/publish", UriKind.Relative), null, Cancel);
        Assert.True(published.IsSuccessStatusCode);

        using var customer = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = served.Address };
        var page = await customer.OpenAsync("/s/six?lang=fr-CA");
        Assert.Equal("fr", page.Language);
        Assert.Contains("Recommanderiez-vous", page.Html, StringComparison.Ordinal);
        Assert.Contains("Envoyer", page.Html, StringComparison.Ordinal);
        Assert.Contains("Veuillez choisir un chiffre de 0 à 10.", WebUtility.HtmlDecode((await customer.SendAsync(page)).Html), StringComparison.Ordinal);

        using var browser = new People.Browser(customer);
        using var signedIn = await browser.SignInAsync(await app.CreateAccountAsync(Role.Admin));
        Assert.Contains("Ne plus recevoir ces messages", await browser.ReadAsync("/surveys/six/preview?as=mail&lang=fr"), StringComparison.Ordinal);
        Assert.Matches(@"<b>4 of \d+ texts</b>", await browser.ReadAsync("/surveys/six/translate?from=en&to=fr"));
    }

    [Fact]
    public async Task A_file_that_is_not_right_stops_the_start_and_says_why()
    {
        Write("fr.json", Changed(f => f["pages"]!.AsObject().Remove("form.send")));
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(ServeAsync);
        Assert.Contains("the text \"form.send\" is missing", problem.Message, StringComparison.Ordinal);
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static string Changed(Action<JsonObject> change)
    {
        var file = French();
        change(file);
        return file.ToJsonString();
    }

    // A process of its own: the texts of a language are read once in the life of one.
    Task<ServedProcess> ServeAsync() => ServedProcess.StartAsync(new Dictionary<string, string>
    {
        ["ConnectionStrings__CxSurveys"] = app.ConnectionString,
        ["CxSurveys__DataFolder"] = app.Data.FullName,
        ["URLS"] = "http://127.0.0.1:0",
    }, Cancel);
}
