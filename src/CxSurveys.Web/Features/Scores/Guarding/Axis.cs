using CxSurveys.Web.Features.Journey;

namespace CxSurveys.Web.Features.Scores.Guarding;

/// <summary>A selection that leaves out less on one axis, and whether a tally is in it as far as that axis goes.</summary>
internal sealed record Coarser(Selection Selection, Func<GuardTally, bool> Has);

/// <summary>One respect in which a selection is narrowed or a page is split: places, questions, time, or the values of an attribute.</summary>
/// <param name="Without">The selection as wide as the axis goes.</param>
/// <param name="ValueOf">What an attribute axis reads; else null.</param>
/// <param name="MakesRows">Whether the groups are told apart on this axis.</param>
/// <param name="Labels">Where a tally lies, on each level.</param>
/// <param name="Has">Whether the selection has the tally.</param>
/// <param name="Coarser">Selections between this one and the widest, the widest among them.</param>
internal sealed record Axis(
    Selection Without, string? ValueOf, bool MakesRows, Func<GuardTally, object?[]> Labels, Func<GuardTally, bool> Has, IReadOnlyList<Coarser> Coarser)
{
    public bool IsTime { get; private init; }
    public bool IsQuestions { get; private init; }

    /// <summary>True when the selection is as wide as the axis goes: what was counted for its rows is all there is.</summary>
    public bool IsOwn => MakesRows && !IsTime && Coarser.Count == 0;

    public static IEnumerable<Axis> Of(Selection selection, GuardedGroups groups, ScoreCatalog catalog)
    {
        if (selection.Touchpoint is not null || selection.Stage is not null || groups.ByPlace) yield return Places(selection, groups, catalog);
        if (selection.Question is not null || selection.Survey is not null || groups.ByQuestion) yield return Questions(selection, groups, catalog);
        if (selection.Language is { } language) yield return Attribute(selection with { Language = null }, "language", language);
        if (selection.Channel is { } channel) yield return Attribute(selection with { Channel = null }, "channel", channel);
        foreach (var (name, value) in selection.Segment)
            yield return Attribute(selection with { Segment = selection.Segment.Where(s => s.Key != name).ToDictionary() }, Segment.AttributePrefix + name, value);
        if (Calendar.IsWeek(selection) || Calendar.IsMonth(selection) || groups.ByTime) yield return Time(selection, groups);
    }

    static Axis Attribute(Selection without, string name, string value) =>
        new(without, name, false, tally => [tally.Value], tally => tally.Value == value, [new(without, _ => true)]);

    // Of one kind of place: answers about a touchpoint, a stage and the journey are never rows of one split.
    static Axis Places(Selection selection, GuardedGroups groups, ScoreCatalog catalog)
    {
        var asked = selection.AskedAbout ?? (groups.By.By is GroupBy.Touchpoint or GroupBy.Stage ? Asked.Touchpoint : null);
        var without = selection with { Touchpoint = null, Stage = null, Asked = asked };
        var touchpoint = selection.Touchpoint is { } t ? catalog.Touchpoints.First(x => x.Key == t).Id : (int?)null;
        var stage = selection.Stage is { } s ? catalog.Stages.First(x => x.Key == s).Id : (int?)null;
        Place At(GuardTally tally) => catalog.Place(tally.PlaceId);

        var coarser = new List<Coarser>();
        if (touchpoint is not null)
            coarser.AddRange(catalog.Places.Where(p => p.TouchpointId == touchpoint && (stage is null || p.StageId == stage)).Select(p => p.StageId!.Value).Distinct()
                .Select(id => new Coarser(without with { Stage = catalog.Stages.First(x => x.Id == id).Key }, tally => At(tally).StageId == id)));
        if (touchpoint is not null && stage is not null) coarser.Add(new(selection with { Stage = null, Asked = asked }, tally => At(tally).TouchpointId == touchpoint));
        if (touchpoint is not null || stage is not null) coarser.Add(new(without, _ => true));
        return new(
            without, null, groups.ByPlace,
            tally => [At(tally).StageId, At(tally).TouchpointId],
            tally => (touchpoint is null || At(tally).TouchpointId == touchpoint) && (stage is null || At(tally).StageId == stage),
            coarser);
    }

    static Axis Questions(Selection selection, GuardedGroups groups, ScoreCatalog catalog)
    {
        var (question, survey) = (selection.Question, selection.Survey);
        var without = selection with { Question = null, Survey = null };
        AskedQuestion Of(GuardTally tally) => catalog.Question(tally.QuestionId);

        var coarser = new List<Coarser>();
        if (question is not null && survey is not null)
        {
            coarser.Add(new(selection with { Question = null }, tally => Of(tally).Survey == survey));
            coarser.Add(new(selection with { Survey = null }, tally => Of(tally).Key == question));
        }
        if (question is not null || survey is not null) coarser.Add(new(without, _ => true));
        return new(
            without, null, groups.ByQuestion,
            tally => [Of(tally).Survey, Of(tally).Key, (Of(tally).Survey, Of(tally).Key)],
            tally => (question is null || Of(tally).Key == question) && (survey is null || Of(tally).Survey == survey),
            coarser)
        { IsQuestions = true };
    }

    static Axis Time(Selection selection, GuardedGroups groups)
    {
        var without = selection with { From = null, To = null };
        var coarser = new List<Coarser>();
        if (selection.From is { } from && Calendar.MonthAround(selection) is { } month)
            coarser.Add(new(selection with { From = month, To = month.AddMonths(1) }, tally => tally.Month == month));
        if (selection.From is not null || selection.To is not null) coarser.Add(new(without, _ => true));
        return new(without, null, groups.ByTime, tally => [tally.Month, tally.Week], tally => Calendar.Has(selection, tally), coarser) { IsTime = true };
    }
}
