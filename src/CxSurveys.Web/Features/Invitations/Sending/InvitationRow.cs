using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Invitations.Sending;

/// <summary>One decision as the API and the export tell it.</summary>
/// <param name="State">waiting, sent, answered, failed or notSent.</param>
/// <param name="NotSent">Why the person was not asked.</param>
/// <param name="Until">Until when that holds, where it ends by itself.</param>
/// <param name="CappedBy">Of a cap: the survey that asked before, or goes first.</param>
/// <param name="WaitsFor">quietHours or cap: why it waits beyond its own moment.</param>
/// <param name="Rule">The number of the rule that asked, or will.</param>
/// <param name="Event">The id of the event that started it.</param>
internal sealed record InvitationRow(
    Guid Id, string Survey, string? Touchpoint, string Customer, string State, string? NotSent, DateTimeOffset? Until, string? CappedBy, string? WaitsFor,
    DateTimeOffset CreatedAt, DateTimeOffset SendAt, DateTimeOffset? SentAt, DateTimeOffset? AnsweredAt, long Reminders, DateTimeOffset? ReminderAt, int? Rule, string? Event, string? Problem)
{
    public static InvitationRow Of(SendingRow row) => new(
        row.Id, row.SurveyKey, row.TouchpointKey, row.PersonKey, SendingFilter.NameOf(row.Stands), row.Reason is { } why ? SendingFilter.NameOf(why) : null, row.NotSentUntil, row.CappedBy,
        row.Waits is { } waits ? SendingFilter.NameOf(waits) : null, row.CreatedAt, row.SendAt, row.SentAt, row.AnsweredAt, row.Reminders, row.ReminderAt, row.RuleId, row.EventId, row.BeingSent ? null : row.LastProblem);
}

/// <summary>Decisions as CSV, a row each.</summary>
internal sealed class InvitationCsv(Stream output) : IAsyncDisposable
{
    static readonly string[] Heads =
        ["id", "createdAt", "sendAt", "survey", "touchpoint", "customer", "state", "notSent", "until", "cappedBy", "waitsFor", "rule", "event", "sentAt", "answeredAt", "reminders", "problem"];

    readonly CsvWriter csv = new(new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true), new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" });

    public async Task HeadAsync()
    {
        foreach (string head in Heads) csv.WriteField(head);
        await csv.NextRecordAsync();
    }

    public async Task AddAsync(InvitationRow row)
    {
        object?[] cells = [row.Id, row.CreatedAt, row.SendAt, row.Survey, row.Touchpoint, row.Customer, row.State, row.NotSent, row.Until, row.CappedBy, row.WaitsFor, row.Rule, row.Event, row.SentAt, row.AnsweredAt, row.Reminders, row.Problem];
        foreach (object? cell in cells) csv.WriteField(Text(cell));
        await csv.NextRecordAsync();
    }

    public Task FlushAsync() => csv.FlushAsync();

    public ValueTask DisposeAsync() => csv.DisposeAsync();

    static string? Text(object? cell) => cell switch
    {
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        string text => SpreadsheetCell.Guarded(text),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture),
    };
}
