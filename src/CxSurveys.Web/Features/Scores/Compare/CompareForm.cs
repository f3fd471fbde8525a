namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>
/// What the form sends more than the address has: one field for what stands in several filters, "as A" for B, a period by a word,
/// the last day instead of the day after it. Read here, it becomes the filters of the API, and a redirect shows them.
/// </summary>
internal sealed record CompareForm(IReadOnlyList<(string Name, string Value)> Filters, string? PeriodOfA, string? PeriodOfB, bool Sent)
{
    /// <summary>Says in a field of B that it follows A.</summary>
    public const string AsA = "=a";

    /// <summary>Marks what comes from the form.</summary>
    public const string Mark = "form";

    /// <summary>Says that the days were in the date fields already: then a period chosen by a word is newer than they.</summary>
    public const string Dated = "dated";

    /// <summary>Fields whose value is a few filters, written as in an address.</summary>
    static readonly string[] Joined = ["place", "asks"];

    static readonly string[] PlaceFilters = ["touchpoint", "stage", "asked"], QuestionFilters = ["survey", "question"];

    /// <summary>The value of a joined field.</summary>
    public static string Join(params IEnumerable<(string Name, string? Value)> filters) =>
        string.Join('&', filters.Where(f => f.Value is not null).Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value!)}"));

    public static CompareForm Read(QueryString query)
    {
        var given = QueryParameters.Pairs(query).ToList();
        if (given.FindIndex(p => p == (Mark, "1")) is var mark && mark < 0) return new(given, null, null, false);

        given.RemoveAt(mark);
        var filled = given.Where(p => p.Value.Length > 0).ToList();
        var filters = filled.SelectMany(p => Expand(p, filled)).ToList();
        var (a, b) = (PeriodOf("a."), PeriodOf("b."));
        return new([.. filters.Where(f => Side(f.Name, "period", "dated") is null && !(a is not null && Side(f.Name, "from", "until") == "a.") && !(b is not null && Side(f.Name, "from", "until") == "b."))], a, b, true);

        // Days that were typed into empty fields are meant, whatever the word beside them says.
        string? PeriodOf(string side) =>
            Value(side + Dated) is null && (Value(side + "from") ?? Value(side + "until")) is not null ? null : Value(side + "period");

        string? Value(string name) => filled.Find(p => p.Name == name).Value;
    }

    static string? Side(string name, params string[] fields) => Split(name) is ({ Length: > 0 } side, var field) && fields.Contains(field) ? side : null;

    static IEnumerable<(string Name, string Value)> Expand((string Name, string Value) field, List<(string Name, string Value)> all)
    {
        var (side, name) = Split(field.Name);
        // Of the period "as A" is a word like others.
        if (field.Value == AsA && side == "b." && name != "period")
        {
            var ofA = all.Find(p => p.Name == "a." + name);
            return ofA.Name is null ? [] : Expand(("b." + name, ofA.Value), all);
        }
        if (side.Length == 0 || !Joined.Contains(name)) return [field];

        var allowed = name == "place" ? PlaceFilters : QuestionFilters;
        return QueryParameters.Pairs(new QueryString("?" + field.Value)).Where(f => allowed.Contains(f.Name)).Select(f => (side + f.Name, f.Value));
    }

    static (string Side, string Name) Split(string name) =>
        name.StartsWith("a.", StringComparison.Ordinal) || name.StartsWith("b.", StringComparison.Ordinal) ? (name[..2], name[2..]) : ("", name);
}
