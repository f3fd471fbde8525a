using System.Text.Json.Nodes;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Invitations;

/// <summary>Invites over the API, as an operator's script would, and looks at what the links left behind.</summary>
internal static class Invite
{
    /// <summary>A person invited, and what their mail would link to.</summary>
    internal sealed record Guest(Guid Id, string Person, string Link, string OptOutLink);

    static int people;

    /// <summary>A new person, who speaks Thai and lives in Indonesia, is asked after a delivery.</summary>
    public static async Task<Guest> GuestAsync(this CxApp app, string survey, string? touchpoint = "delivery", string more = "\"language\": \"th\", \"attributes\": { \"country\": \"ID\", \"plan\": \"gold\" }")
    {
        var person = $"guest-{Interlocked.Increment(ref people)}";
        var at = touchpoint is null ? "" : $"\"touchpoint\": \"{touchpoint}\", ";
        using var asked = await app.WithKey("ingest").PostTextAsync("/invitations",
            $$"""{ "survey": "{{survey}}", {{at}}"customer": { "id": "{{person}}", "email": "{{person}}@mail.example", {{more}} } }""");
        var told = await asked.ReadOkAsync();
        var id = Guid.Parse((string)told["id"]!);
        return new Guest(id, person, new Uri((string)told["link"]!).AbsolutePath, await app.OptOutLinkAsync(id));
    }

    // Only the mail tells it; the row that waits for the mail holds it sealed.
    static Task<string> OptOutLinkAsync(this CxApp app, Guid invitation) => app.WithDbAsync(async db =>
    {
        var row = await db.Set<Invitation>().SingleAsync(i => i.Id == invitation);
        var seal = app.Services.GetRequiredService<InvitationSeal>();
        return seal.Open(row.SealedSecrets!)!.OptOut.AbsolutePath;
    });

    public static Task<long> VisitsAsync(this CxApp app, Guid invitation) =>
        app.WithDbAsync(db => db.Database.SqlQuery<long>($"select count(*) as \"Value\" from visit where invitation_id = {invitation}").SingleAsync());

    public static async Task<JsonObject> ResponseAsync(this CxApp app, Guest guest) =>
        (await app.WithKey("analyst").ReadAsync($"/responses?customer={guest.Person}"))["rows"]!.AsArray().Single()!.AsObject();

    public static Task<DateTimeOffset?> AnsweredAtAsync(this CxApp app, Guest guest) =>
        app.WithDbAsync(db => db.Set<Invitation>().Where(i => i.Id == guest.Id).Select(i => i.AnsweredAt).SingleAsync());

    public static Task<bool> HasOptedOutAsync(this CxApp app, Guest guest) =>
        app.WithDbAsync(db => db.Set<Person>().AnyAsync(p => p.Key == guest.Person && p.OptedOutAt != null));
}
