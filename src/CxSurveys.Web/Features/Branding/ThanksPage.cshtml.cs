using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Branding;

/// <summary>What do customers read after their answer?</summary>
[Authorize(Policies.AdminPages)]
public sealed class ThanksPageModel(StoredSurveys surveys, ThanksCatalog thanks) : PageModel
{
    const int LongestText = 500, LongestLinkText = 80;

    public static readonly (string Key, string Name, string Hint)[] Groups =
    [
        ("low", "Low answers", "Detractors, dissatisfied, much effort. Offer a way to be heard: your contact page, or a call."),
        ("middle", "Answers in between", "Passives, neutral."),
        ("high", "High answers", "Promoters, satisfied, little effort."),
    ];

    public StoredSurvey Stored { get; private set; } = null!;
    public IReadOnlyList<string> Languages => Stored.Survey.Draft.Languages;
    public bool Saved { get; private set; }
    public bool AsksForReviews { get; private set; }

    /// <summary>Entries by the names of their fields.</summary>
    public IReadOnlyDictionary<string, string> Entries { get; private set; } = new Dictionary<string, string>();

    public static string TextField(string group, string language) => $"{group}.text.{language}";
    public static string LinkTextField(string group, string language) => $"{group}.linkText.{language}";
    public static string LinkField(string group) => $"{group}.link";

    public async Task<IActionResult> OnGetAsync(string key, bool saved, CancellationToken ct)
    {
        if (await surveys.FindAsync(key, ct) is not { } stored) return NotFound();
        (Stored, Saved) = (stored, saved);
        var texts = await thanks.OfAsync(key, ct) ?? new ThanksTexts();
        AsksForReviews = texts.AsksForReviews;
        Entries = EntriesOf(("low", texts.Low), ("middle", texts.Middle), ("high", texts.High));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string key, CancellationToken ct)
    {
        if (await surveys.FindAsync(key, ct) is not { } stored) return NotFound();
        Stored = stored;
        var form = await Request.ReadFormAsync(ct);
        Entries = form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        AsksForReviews = form["reviews"] == "true";
        var texts = new ThanksTexts { Low = GroupOf("low"), Middle = GroupOf("middle"), High = GroupOf("high"), AsksForReviews = AsksForReviews };
        if (ModelState.IsValid)
        {
            await thanks.SetAsync(stored.Survey.Id, texts, ct);
            return LocalRedirect($"/surveys/{key}/thanks?saved=true");
        }
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    ThanksGroup GroupOf(string group)
    {
        var link = Entry(LinkField(group));
        if (link.Length > 0 && !SafeLink.IsSafe(link)) ModelState.AddModelError(LinkField(group), $"Write the whole address of a page, beginning with https:// or http://, at most {SafeLink.Longest} characters.");
        var linkText = Texts(language => LinkTextField(group, language), LongestLinkText);
        if (link.Length > 0 && linkText.Count == 0) ModelState.AddModelError(LinkTextField(group, Languages[0]), "Say what the link leads to.");
        return new ThanksGroup { Text = Texts(language => TextField(group, language), LongestText), Link = link.Length == 0 ? null : link, LinkText = linkText };
    }

    Dictionary<string, string> Texts(Func<string, string> field, int longest)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var language in Languages)
        {
            var text = Entry(field(language));
            if (TextRules.CodePoints(text) > longest) ModelState.AddModelError(field(language), $"At most {longest} characters.");
            else if (!TextRules.IsStorable(text)) ModelState.AddModelError(field(language), "This text holds a character that cannot be saved.");
            else if (text.Length > 0) texts[language] = text;
        }
        return texts;
    }

    string Entry(string field) => Entries.GetValueOrDefault(field, "").ReplaceLineEndings("\n").Trim();

    static Dictionary<string, string> EntriesOf(params (string Key, ThanksGroup Group)[] groups)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, group) in groups)
        {
            if (group.Link is not null) entries[LinkField(key)] = group.Link;
            foreach (var (language, text) in group.Text) entries[TextField(key, language)] = text;
            foreach (var (language, text) in group.LinkText) entries[LinkTextField(key, language)] = text;
        }
        return entries;
    }
}
