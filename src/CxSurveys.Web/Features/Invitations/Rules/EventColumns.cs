using System.Text.Json;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>The header of a CSV file of events: id, type, customer, occurredAt, some fields of the customer, and what goes into the data.</summary>
internal sealed class EventColumns
{
    static readonly string[] Needed = ["id", "type", "customer", "occurredAt"], OfCustomer = ["email", "name", "language", "timeZone"];
    const string Example = "The first line names the columns, for example id,type,customer,occurredAt,order.";

    readonly string[] names;

    EventColumns(string[] names) => this.names = names;

    /// <summary>Null when <paramref name="errors"/> say what is wrong with the header, by the name of the column.</summary>
    public static EventColumns? Read(CsvRecord? header, Errors errors)
    {
        if (header is null) errors.Add("header", $"There is nothing in it. {Example}");
        else if (header.Problem is { } problem) errors.Add("header", problem);
        if (errors.Any) return null;

        string[] names = [.. header!.Cells.Select(cell => Needed.Concat(OfCustomer).FirstOrDefault(known => known.Equals(cell.Trim(), StringComparison.OrdinalIgnoreCase)) ?? cell.Trim())];
        foreach (string needed in Needed.Except(names)) errors.Add(needed, $"The header has no column {needed}. {Example}");
        foreach (var twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(g => g.Count() > 1)) errors.Add(twice.Key, "Two columns have this name.");
        if (names.Contains("")) errors.Add("header", "A column has no name.");
        return errors.Any ? null : new EventColumns(names);
    }

    /// <summary>Null when <paramref name="errors"/> say why the record is no event.</summary>
    public PostedEvent? Event(CsvRecord record, Errors errors)
    {
        if (record.Problem is { } problem) errors.Add(record.BadCell is { } bad && bad < names.Length ? names[bad] : "", problem);
        else if (record.Cells.Count != names.Length) errors.Add("", $"The line has {record.Cells.Count} cells for {names.Length} columns. A cell with a comma in it needs quotes.");
        if (errors.Any) return null;

        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
            if (!string.IsNullOrWhiteSpace(record.Cells[i])) given[names[i]] = record.Cells[i].Trim();
        foreach (string needed in Needed.Where(n => !given.ContainsKey(n))) errors.Add(needed, "Needed in every line.");
        if (errors.Any) return null;
        var data = given.Where(cell => !Needed.Contains(cell.Key) && !OfCustomer.Contains(cell.Key)).ToDictionary();
        return new PostedEvent
        {
            Id = given["id"],
            Type = given["type"],
            Customer = new PostedPerson { Id = given["customer"], Email = given.GetValueOrDefault("email"), Name = given.GetValueOrDefault("name"), Language = given.GetValueOrDefault("language"), TimeZone = given.GetValueOrDefault("timeZone") },
            OccurredAt = given["occurredAt"],
            Data = JsonSerializer.SerializeToElement(data),
        };
    }
}
