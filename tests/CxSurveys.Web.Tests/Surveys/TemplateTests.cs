using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Respond;

namespace CxSurveys.Web.Tests.Surveys;

public sealed class TemplateTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    public static TheoryData<string> Keys => [.. SurveyTemplates.All.Keys];

    [Theory, MemberData(nameof(Keys))]
    public async Task A_ready_survey_is_begun_by_one_button_complete_in_five_languages(string template)
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        using var begun = await browser.PostFormAsync("/surveys/new", With("template:" + template, ("Form.Key", "from-" + template)));
        Assert.Equal($"/surveys/from-{template}/edit", begun.Headers.Location?.OriginalString);

        Assert.Empty(TranslationGaps.Of(SurveyTemplates.All[template].Survey));
        foreach (string language in new[] { "en", "id", "ms", "th", "ar" })
        {
            var page = await browser.Client.OpenAsync($"/surveys/from-{template}/preview?lang={language}");
            Assert.Equal((HttpStatusCode.OK, language), (page.Status, page.Language));
        }
        var published = await (await admin.PostTextAsync($"/surveys/from-{template}/publish", "{}")).ReadOkAsync();
        Assert.Empty(published["warnings"]!.AsObject());
        // Opened in the editor and saved there, it is the same.
        string before = (string)(await admin.ReadAsync($"/surveys/from-{template}"))["revision"]!;
        await (await FilledForm.OpenAsync(browser, $"/surveys/from-{template}/edit")).PressAsync(browser, "save");
        Assert.Equal(before, (string)(await admin.ReadAsync($"/surveys/from-{template}"))["revision"]!);
    }

    [Fact]
    public async Task Questions_of_a_ready_survey_are_asked_where_the_journey_has_the_place()
    {
        await (await admin.PutTextAsync("/journey", """{ "stages": [ { "key": "purchase", "name": "Purchase", "touchpoints": [ { "key": "checkout", "name": "Till", "kind": "physical" } ] } ] }""")).ReadOkAsync();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        foreach (string template in new[] { "after-purchase", "after-delivery", "website" })
            (await browser.PostFormAsync("/surveys/new", With("template:" + template, ("Form.Key", "placed-" + template)))).Dispose();
        Assert.Equal("checkout", (string)(await admin.ReadAsync("/surveys/placed-after-purchase"))["questions"]![0]!["touchpoint"]!);
        Assert.Equal("purchase", (string)(await admin.ReadAsync("/surveys/placed-after-delivery"))["questions"]![0]!["stage"]!);
        var website = (await admin.ReadAsync("/surveys/placed-website"))["questions"]![0]!;
        Assert.Null(website["touchpoint"]);
        Assert.Null(website["stage"]);

        (await browser.PostFormAsync("/surveys/new", With("touchpoint", ("Form.Key", "till"), ("Form.Touchpoint", "checkout")))).Dispose();
        Assert.Equal("ces", (string)(await admin.ReadAsync("/surveys/till"))["questions"]![0]!["kind"]!);
    }

    [Fact]
    public async Task A_wrong_name_key_or_language_is_told_and_nothing_is_stored()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        using var refused = await browser.PostFormAsync("/surveys/new", new() { ["Form.Key"] = "Wrong Key", ["Form.Others"] = "nonsense!", ["Form.Languages"] = "th", ["from"] = "blank" });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        string page = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("id=\"key-problem\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"others-problem\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Wrong Key\"", page, StringComparison.Ordinal);
        using var none = await browser.PostFormAsync("/surveys/new", new() { ["Form.Others"] = "de", ["from"] = "blank" });
        Assert.Contains("id=\"languages-problem\"", await none.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void The_catalogue_has_usual_touchpoints_of_both_kinds_for_every_usual_stage_and_every_ready_survey()
    {
        foreach (var stage in UsualStages.All) Assert.Equal(2, TouchpointCatalogue.For(stage.Key).Select(t => t.Kind).Distinct().Count());
        Assert.All(SurveyTemplates.All.Values.SelectMany(t => t.Survey.Questions).Select(q => q.Touchpoint).OfType<string>(), key => Assert.NotNull(TouchpointCatalogue.StageOf(key)));
    }

    static Dictionary<string, string> With(string from, params (string Name, string Value)[] fields) =>
        fields.Append(("from", from)).Concat(((string, string)[])[("Form.Languages", "en"), ("Form.Others", "id ms th ar")]).ToDictionary(f => f.Item1, f => f.Item2);
}
