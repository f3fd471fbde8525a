using CxSurveys.Web.Features.Respond;

namespace CxSurveys.Web.Tests.Respond;

public sealed class PageLanguageTests
{
    public static TheoryData<string, string?, string?, string?, string> Wishes => new()
    {   // why                                     link     person  browser                        page
        { "the link wins",                         "th",    "ar",   "id",                          "th" },
        { "then the person",                       null,    "ar",   "id",                          "ar" },
        { "then the browser",                      null,    null,   "id",                          "id" },
        { "then the survey's first",               null,    null,   null,                          "en" },
        { "a link to no offered language",         "fr",    null,   "th",                          "th" },
        { "the greatest q wins",                   null,    null,   "id;q=0.4, th;q=0.9, ar;q=0.5", "th" },
        { "first of equal q",                      null,    null,   "ar, th",                      "ar" },
        { "q = 0 is a refusal",                    null,    null,   "th;q=0, id;q=0.1",            "id" },
        { "a country's language is the language",  null,    null,   "th-TH,en;q=0.5",              "th" },
        { "letter case does not matter",           "TH-th", null,   null,                          "th" },
        { "the old code of Indonesian",            null,    null,   "in-ID",                       "id" },
        { "anything",                              null,    null,   "*",                           "en" },
        { "a broken header",                       null,    null,   ";;q=x,\u0001",                "en" },
    };

    [Theory, MemberData(nameof(Wishes))]
    public void The_page_speaks(string why, string? link, string? person, string? browser, string expected) =>
        Assert.True(expected == PageLanguage.Choose(["en", "id", "ms", "th", "ar"], link, person, browser), why);

    [Fact]
    public void A_language_meets_its_regional_form() => Assert.Equal("pt-BR", PageLanguage.Choose(["en", "pt-BR"], null, null, "pt"));
}
