using System.Globalization;

namespace CxSurveys.Web.Features.Journey;

/// <summary>What a button of the form does to it, named for example <c>touchpoint-up:2.0</c>: the first touchpoint of the third stage.</summary>
internal sealed record JourneyFormAct(string Name, string At)
{
    public const string Save = "save";

    public static JourneyFormAct Parse(string? act) => (act ?? "").Split(':', 2) is [var name, var at] ? new(name, at) : new(act ?? "", "");

    /// <summary>False when there is no such act or row. Rows are counted as they were shown, before any touchpoint goes to another stage.</summary>
    public bool Apply(JourneyForm form, JourneyDefinition retired)
    {
        var (stage, touchpoint) = Target(form);
        Move(form);
        switch (Name)
        {
            case Save: return true;
            case "stage-add": form.Stages.Add(new StageRow { Focus = "name" }); return true;
            case "stage-back": return BringStageBack(form, retired);
            case "touchpoint-back": return BringTouchpointBack(form, retired);
            case "touchpoint-usual" when stage is not null: return AddUsual(form, stage);
            case "touchpoint-add" when stage is not null: stage.Touchpoints.Add(new TouchpointRow { Weight = "1", Focus = "name" }); return true;
            case "stage-up" or "stage-down" when stage is not null: Shift(form.Stages, stage, Name == "stage-up"); stage.Focus = Name["stage-".Length..]; return true;
            case "stage-leave" when stage is not null: Leave(form.Stages, stage); return true;
            case "stage-keep" when stage is not null: (stage.Leaves, stage.Focus) = (false, "name"); return true;
            case "touchpoint-up" or "touchpoint-down" when touchpoint is not null: Shift(HomeOf(form, touchpoint), touchpoint, Name == "touchpoint-up"); touchpoint.Focus = Name["touchpoint-".Length..]; return true;
            case "touchpoint-leave" when touchpoint is not null: Leave(HomeOf(form, touchpoint), touchpoint); return true;
            case "touchpoint-keep" when touchpoint is not null: (touchpoint.Leaves, touchpoint.Focus) = (false, "name"); return true;
            default: return false;
        }
    }

    (StageRow? Stage, TouchpointRow? Touchpoint) Target(JourneyForm form)
    {
        int[] at = [.. At.Split('.').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int place) ? place : -1)];
        var stage = form.Stages.ElementAtOrDefault(at[0]);
        return (stage, at.Length > 1 ? stage?.Touchpoints.ElementAtOrDefault(at[1]) : null);
    }

    bool AddUsual(JourneyForm form, StageRow stage)
    {
        if (TouchpointCatalogue.All.FirstOrDefault(t => t.Key == At[(At.IndexOf('.', StringComparison.Ordinal) + 1)..]) is not { } usual) return false;
        if (form.Stages.All(s => s.Touchpoints.All(t => t.Key != usual.Key)))
            stage.Touchpoints.Add(new TouchpointRow { Key = usual.Key, Name = usual.Name, Kind = usual.Kind, Weight = "1", Focus = "name" });
        return true;
    }

    static void Move(JourneyForm form)
    {
        var stages = form.Stages.ToList();
        foreach (var (home, touchpoint) in stages.SelectMany(home => home.Touchpoints.ToList().Select(t => (home, t))).ToList())
        {
            if (touchpoint.Stage is not { } wanted || stages.ElementAtOrDefault(wanted) is not { } goal || goal == home) continue;
            home.Touchpoints.Remove(touchpoint);
            goal.Touchpoints.Add(touchpoint);
        }
    }

    static List<TouchpointRow> HomeOf(JourneyForm form, TouchpointRow touchpoint) => form.Stages.First(s => s.Touchpoints.Contains(touchpoint)).Touchpoints;

    static void Shift<T>(List<T> rows, T row, bool up)
    {
        int from = rows.IndexOf(row), to = Math.Clamp(from + (up ? -1 : 1), 0, rows.Count - 1);
        rows.RemoveAt(from);
        rows.Insert(to, row);
    }

    // A row that was never saved has nothing to leave behind.
    static void Leave(List<StageRow> rows, StageRow row)
    {
        if (string.IsNullOrEmpty(row.Key) && row.Touchpoints.All(t => string.IsNullOrEmpty(t.Key))) rows.Remove(row);
        else (row.Leaves, row.Focus) = (true, "keep");
    }

    static void Leave(List<TouchpointRow> rows, TouchpointRow row)
    {
        if (string.IsNullOrEmpty(row.Key)) rows.Remove(row);
        else (row.Leaves, row.Focus) = (true, "keep");
    }

    bool BringStageBack(JourneyForm form, JourneyDefinition retired)
    {
        if (retired.Stages.FirstOrDefault(s => s.Key == At) is not { } stage) return false;
        if (form.Stages.Any(s => s.Key == At)) return true;
        form.Stages.Add(new StageRow { Key = stage.Key, Name = stage.Name, KeyQuestion = stage.KeyQuestion, Focus = "name" });
        return true;
    }

    /// <summary>Into its stage, or the first one when that is not on the form.</summary>
    bool BringTouchpointBack(JourneyForm form, JourneyDefinition retired)
    {
        if (retired.Stages.FirstOrDefault(s => s.Touchpoints.Any(t => t.Key == At)) is not { } was) return false;
        if (form.Stages.Any(s => s.Touchpoints.Any(t => t.Key == At))) return true;
        if ((form.Stages.Find(s => s.Key == was.Key) ?? form.Stages.FirstOrDefault()) is not { } goal) return false;
        var row = TouchpointRow.Of(was.Touchpoints.First(t => t.Key == At));
        row.Focus = "name";
        goal.Touchpoints.Add(row);
        return true;
    }
}
