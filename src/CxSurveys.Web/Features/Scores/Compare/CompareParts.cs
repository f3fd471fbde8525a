using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>What a selection is, in words, respect by respect; and in which of them two differ.</summary>
internal static class CompareParts
{
    public const string Place = "place", Asks = "question", Days = "period";

    /// <summary>The same respects in the same order for both sides.</summary>
    public static IReadOnlyList<SidePart> Of(Selection side, Period period, Selection other, ScoreCatalog catalog, CompareOptions options) =>
    [
        new(Place, PlaceText(side, catalog), CompareOptions.PlaceOf(side).Length > 0),
        new(Asks, AsksText(side, options), CompareOptions.AsksOf(side).Length > 0),
        .. options.Attributes(side, other).Select(a => Part(a.Label.ToLowerInvariant(), side.Segment.GetValueOrDefault(a.Name), a.Choices)),
        Part("language", side.Language, options.Languages(side)),
        Part("channel", side.Channel, options.Channels(side)),
        new(Days, Words.Days(period), true),
    ];

    static SidePart Part(string what, string? value, IReadOnlyList<Choice> choices) =>
        new(what, value is null ? $"any {what}" : choices.First(c => c.Value == value).Text, value is not null);

    static string PlaceText(Selection side, ScoreCatalog catalog)
    {
        var touchpoint = catalog.Touchpoints.FirstOrDefault(t => t.Key == side.Touchpoint)?.Name;
        var stage = catalog.Stages.FirstOrDefault(s => s.Key == side.Stage)?.Name;
        return (touchpoint, stage, side.AskedAbout) switch
        {
            (not null, not null, _) => $"{touchpoint}, while in {stage}",
            (not null, null, _) => touchpoint,
            (null, not null, Asked.Stage) => $"{stage}, asked as one",
            (null, not null, _) => stage,
            (null, null, Asked.Touchpoint) => "All touchpoints",
            (null, null, Asked.Stage) => "All stages, asked as one",
            (null, null, Asked.Journey) => "The journey, asked as one",
            _ => "All answers",
        };
    }

    static string AsksText(Selection side, CompareOptions options)
    {
        var value = CompareOptions.AsksOf(side);
        if (value.Length == 0) return "any question";
        return options.Questions.SelectMany(g => g.Choices).FirstOrDefault(c => c.Value == value)?.Text ?? side.Question ?? side.Survey!;
    }

    /// <summary>What tells a side from the other; of equal ones what narrows it.</summary>
    public static string NameOf(IReadOnlyList<SidePart> own, IReadOnlyList<SidePart> other)
    {
        var differing = own.Where((part, i) => part.Text != other[i].Text).ToList();
        return string.Join(", ", (differing.Count > 0 ? differing : own.Where(p => p.Narrows || p.What == Place)).Select(p => p.Text));
    }

    /// <summary>Respects beside the first one in which the sides differ: what comes of which cannot be told.</summary>
    public static IReadOnlyList<MixedUp> AlsoDiffering(CompareAddress address, Period a, Period b, IReadOnlyList<SidePart> ofA, IReadOnlyList<SidePart> ofB)
    {
        var differing = ofA.Where((part, i) => part.Text != ofB[i].Text).Select(p => p.What).ToList();
        if (differing.Count < 2) return [];
        var dated = address.WithDays(a, b);
        return [.. differing.Select(what => new MixedUp(what, (dated with { B = As(dated.A, dated.B, what) }).Link()))];
    }

    static Selection As(Selection a, Selection b, string what) => what switch
    {
        Place => b with { Touchpoint = a.Touchpoint, Stage = a.Stage, Asked = a.Asked },
        Asks => b with { Survey = a.Survey, Question = a.Question },
        Days => b with { From = a.From, To = a.To },
        "language" => b with { Language = a.Language },
        "channel" => b with { Channel = a.Channel },
        _ => b with { Segment = WithSegment(a, b, what) },
    };

    static Dictionary<string, string> WithSegment(Selection a, Selection b, string what)
    {
        bool IsIt(string name) => new MapOptions.Attribute(name, []).Label.Equals(what, StringComparison.OrdinalIgnoreCase);
        return b.Segment.Where(s => !IsIt(s.Key)).Concat(a.Segment.Where(s => IsIt(s.Key))).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Whether answers can be on both sides, as far as the filters tell.</summary>
    public static Overlap OverlapOf(Selection a, Selection b)
    {
        if (a.Contains(b) && b.Contains(a)) return Overlap.Same;
        if (b.Contains(a)) return Overlap.AIsPartOfB;
        if (a.Contains(b)) return Overlap.BIsPartOfA;
        var apart = a.To <= b.From || b.To <= a.From
            || Differ(a.Touchpoint, b.Touchpoint) || Differ(a.Stage, b.Stage) || (a.AskedAbout is { } x && b.AskedAbout is { } y && x != y)
            || Differ(a.Survey, b.Survey) || Differ(a.Question, b.Question) || Differ(a.Language, b.Language) || Differ(a.Channel, b.Channel)
            || a.Segment.Any(s => Differ(s.Value, b.Segment.GetValueOrDefault(s.Key)));
        return apart ? Overlap.None : Overlap.Some;
    }

    static bool Differ(string? one, string? other) => one is not null && other is not null && one != other;
}
