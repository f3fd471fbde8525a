using System.Globalization;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>The fields of one side: what is chosen, and what else there is.</summary>
public sealed class SideForm(CompareView view, CompareSide side)
{
    const int ShownFields = 1;

    readonly string prefix = side.Letter.ToLowerInvariant() + ".";

    public CompareSide Side => side;
    bool IsB => side.Letter == "B";
    Selection Own => side.Filters;
    Selection OfA => view.A.Filters;

    public ChooseField Place => Choose("place", "Touchpoint", "All answers", view.Options.Places, CompareOptions.PlaceOf);

    public ChooseField Asks => Choose("asks", "Survey or question", "All surveys", view.Options.Questions, CompareOptions.AsksOf);

    /// <summary>The attribute that is always seen, if there is one.</summary>
    public IEnumerable<ChooseField> First => Attributes.Take(ShownFields);

    public IEnumerable<ChooseField> More => [Asks, .. Attributes.Skip(ShownFields), .. Responses];

    /// <summary>How many of the fields that are folded away say something.</summary>
    public int MoreOn => More.Count(f => !f.Follows && f.Chosen is { Length: > 0 }) + (Dated ? 1 : 0);

    IEnumerable<ChooseField> Attributes => view.Options.Attributes(view.A.Filters, view.B.Filters).OrderBy(a => a.Name != "country")
        .Select(a => Choose("segment." + a.Name, a.Label, "All", [new("", a.Choices)], s => s.Segment.GetValueOrDefault(a.Name)));

    IEnumerable<ChooseField> Responses
    {
        get
        {
            if (view.Options.Languages(view.A.Filters, view.B.Filters) is { Count: > 0 } languages) yield return Choose("language", "Language", "All languages", [new("", languages)], s => s.Language);
            if (view.Options.Channels(view.A.Filters, view.B.Filters) is { Count: > 0 } channels) yield return Choose("channel", "Channel", "All channels", [new("", channels)], s => s.Channel);
        }
    }

    ChooseField Choose(string name, string label, string all, IReadOnlyList<ChoiceGroup> groups, Func<Selection, string?> chosen) =>
        new(prefix.Replace('.', '-') + name, $"{label} of {side.Letter}", prefix + name, all, groups, chosen(Own), IsB, IsB && chosen(Own) == chosen(OfA));

    public string PeriodId => prefix.Replace('.', '-') + "period";
    public string PeriodName => prefix + "period";
    public string FromName => prefix + "from";
    public string UntilName => prefix + "until";
    public string DatedName => prefix + CompareForm.Dated;

    /// <summary>The words on offer; of the one that is on, whether it is.</summary>
    public IEnumerable<(string Word, string Text, bool On)> Periods
    {
        get
        {
            (string Word, string Text, Period? Days)[] ofA = IsB
                ? [(CompareForm.AsA, "Same as A", view.A.Period), (UsualPeriod.Before, "The period before A", view.A.Period.Before), (UsualPeriod.AYearBefore, "A year before A", view.A.Period.AYearBefore)]
                : [];
            var on = ofA.FirstOrDefault(w => w.Days == side.Period).Word;
            if (on is null) yield return ("", Words.Days(side.Period), true);
            // Without days of its own B goes by what tells it from A: no word says that.
            foreach (var (word, text, _) in ofA) yield return (word == on && !HasDays ? "" : word, text, word == on);
            foreach (var (word, text) in UsualPeriod.All(view.Moved ? "Newest" : "Last")) yield return (word, text, false);
        }
    }

    /// <summary>True when the days are ones of the side's own, which its date fields show.</summary>
    public bool Dated => (Own.From is not null || Own.To is not null) && Periods.First(p => p.On).Word.Length == 0 && HasDays;

    bool HasDays => (IsB ? view.Address.B : view.Address.A) is { From: not null } or { To: not null };

    public string? FirstDay => Dated ? Iso(side.Period.From) : null;

    public string? LastDay => Dated ? Iso(side.Period.To.AddDays(-1)) : null;

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
