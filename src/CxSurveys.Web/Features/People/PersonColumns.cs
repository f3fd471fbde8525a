using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Features.People;

/// <summary>The header of a CSV file of people: which column is which field, and the attributes.</summary>
internal sealed class PersonColumns
{
    readonly string[] names;

    PersonColumns(string[] names) => this.names = names;

    /// <summary>Null when <paramref name="errors"/> say what is wrong with the header, by the name of the column.</summary>
    public static PersonColumns? Read(CsvRecord? header, Errors errors)
    {
        if (header is null) errors.Add("header", "There is nothing in it. The first line names the columns, for example id,email,name.");
        else if (header.Line != 1) errors.Add("header", "The first line is empty; it names the columns, for example id,email,name.");
        else if (header.Problem is { } problem) errors.Add("header", problem);
        if (errors.Any) return null;

        // Fields in any case, because a spreadsheet likes to begin with a capital; an attribute's name is kept as it is.
        string[] names = [.. header!.Cells.Select(cell => PostedPerson.Fields.FirstOrDefault(field => field.Equals(cell.Trim(), StringComparison.OrdinalIgnoreCase)) ?? cell.Trim())];
        Check(names, errors);
        return errors.Any ? null : new PersonColumns(names);
    }

    /// <summary>Columns as somebody said what they are; "" is passed over. Null when <paramref name="errors"/> say what is wrong.</summary>
    public static PersonColumns? Of(IReadOnlyList<string> chosen, Errors errors)
    {
        string[] used = [.. chosen.Where(name => name.Length > 0)];
        if (!used.Contains("id")) errors.Add("id", "Say which column is the id: your own number or name for each person.");
        foreach (var twice in used.GroupBy(name => name, StringComparer.Ordinal).Where(g => g.Count() > 1)) errors.Add(twice.Key, "Two columns are this one.");
        foreach (string name in used.Except(PostedPerson.Fields))
            if (PostedPerson.WrongName(name) is { } wrong) errors.Add(name, wrong);
        return errors.Any ? null : new PersonColumns([.. chosen]);
    }

    static void Check(string[] names, Errors errors)
    {
        if (names is [{ } only] && (only.Contains(';', StringComparison.Ordinal) || only.Contains('\t', StringComparison.Ordinal)))
        {
            errors.Add("header", "Only one column was found. Cells are separated by commas, not by semicolons or tabs: save the file as comma-separated CSV in UTF-8.");
            return;
        }
        if (!names.Contains("id")) errors.Add("id", "The header has no column id; the first line names the columns, for example id,email,name.");
        foreach (var twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(g => g.Count() > 1 && g.Key.Length > 0)) errors.Add(twice.Key, "Two columns have this name.");
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i].Length == 0) errors.Add("header", $"Column {i + 1} has no name.");
            else if (!PostedPerson.Fields.Contains(names[i]) && PostedPerson.WrongName(names[i]) is { } wrong) errors.Add(names[i], wrong);
        }
    }

    /// <summary>Null when <paramref name="errors"/> say why the record is no person.</summary>
    public PostedPerson? Person(CsvRecord record, Errors errors)
    {
        if (record.Problem is { } problem) errors.Add(record.BadCell is { } bad && bad < names.Length ? names[bad] : "", problem);
        else if (record.Cells.Count < names.Length) errors.Add(names[record.Cells.Count], $"The line has {Cells(record.Cells.Count)} for {names.Length} columns and ends before this one.");
        else if (record.Cells.Count > names.Length) errors.Add(names[^1], $"The line has {Cells(record.Cells.Count)} for {names.Length} columns. A cell with a comma in it needs quotes.");
        if (errors.Any) return null;

        var given = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
            if (names[i].Length > 0 && !string.IsNullOrWhiteSpace(record.Cells[i])) given[names[i]] = record.Cells[i];
        if (!given.Remove("id", out string? id)) errors.Add("id", "An id is needed in every line.");
        given.Remove("email", out string? email);
        given.Remove("name", out string? name);
        given.Remove("language", out string? language);
        given.Remove("timeZone", out string? timeZone);
        var consent = given.Remove("consent", out string? word) ? Consent(word!, errors) : null;
        return id is null ? null : new PostedPerson { Id = id, Email = email, Name = name, Language = language, TimeZone = timeZone, Consent = consent, Attributes = given };
    }

    static string Cells(int count) => count == 1 ? "1 cell" : $"{count} cells";

    static bool? Consent(string word, Errors errors)
    {
        if (word.Equals("yes", StringComparison.OrdinalIgnoreCase)) return true;
        if (!word.Equals("no", StringComparison.OrdinalIgnoreCase)) errors.Add("consent", "yes, no, or nothing where it is not known.");
        return false;
    }
}
