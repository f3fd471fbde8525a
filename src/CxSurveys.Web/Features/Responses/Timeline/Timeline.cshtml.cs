using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses.Timeline;

/// <summary>What happened with this person, in order?</summary>
[Authorize(Policies.AdminPages)]
public sealed class TimelineModel(CxDbContext db, PeopleDirectory people) : PageModel
{
    public const int Most = 300;
    const string NoData = "{}";

    /// <param name="Kind">event, asked, planned, notAsked, mail, answer or consent.</param>
    /// <param name="What">The event's kind, the survey's name, a reason, or a channel.</param>
    /// <param name="More">What is said besides.</param>
    public sealed record Moment(DateTimeOffset At, string Kind, string What, string? More, Guid? ResponseId);

    public Person Known { get; private set; } = null!;
    public Organisation Company { get; private set; } = null!;
    public IReadOnlyList<Moment> Moments { get; private set; } = [];

    public string At(DateTimeOffset instant) => CompanyDays.Minute(instant, Company.TimeZone);

    public async Task<IActionResult> OnGetAsync([FromQuery] string? customer, CancellationToken ct)
    {
        if (customer is null || await people.FindAsync(customer, ct) is not { } known) return NotFound();
        Known = known;
        Company = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        Moments = await ReadAsync(known.Id, ct);
        return Page();
    }

    Task<List<Moment>> ReadAsync(long person, CancellationToken ct) => db.Database.SqlQuery<Moment>($"""
        select at, kind, what, more, response_id from (
            select occurred_at as at, 'event' as kind, type as what, case when data = {NoData}::jsonb then null else data::text end as more, null::uuid as response_id
            from customer_event where person_id = {person}
            union all
            select i.created_at, case when i.not_sent is null then 'asked' else 'notAsked' end, coalesce(s.draft ->> 'name', s.key), coalesce(i.not_sent::text, r.name), null
            from invitation i join survey s on s.id = i.survey_id left join sending_rule r on r.id = i.rule_id where i.person_id = {person}
            union all
            select a.due_at, 'planned', coalesce(s.draft ->> 'name', s.key), r.name, null
            from planned_ask a join sending_rule r on r.id = a.rule_id join survey s on s.id = r.survey_id where a.person_id = {person}
            union all
            select m.sent_at, 'mail', coalesce(s.draft ->> 'name', s.key), m.number::text, null
            from message m join invitation i on i.id = m.invitation_id join survey s on s.id = i.survey_id where i.person_id = {person} and m.sent_at is not null
            union all
            select r.submitted_at, 'answer', coalesce(s.draft ->> 'name', s.key), null, r.id
            from response r join survey_version v on v.id = r.version_id join survey s on s.id = v.survey_id where r.person_id = {person}
            union all
            select at, 'consent', channel, concat_ws('|', case given when true then 'given' when false then 'refused' else 'unknown' end, source), null
            from consent_change where person_id = {person}) as moment
        order by at desc limit {Most}
        """).ToListAsync(ct);

    /// <summary>One plain sentence.</summary>
    internal static string Words(Moment moment) => moment.Kind switch
    {
        "event" => moment.What,
        "asked" => $"To be asked: {moment.What}{(moment.More is { } rule ? $", by the rule “{rule}”" : "")}",
        "planned" => $"Will be asked: {moment.What}, by the rule “{moment.More}”",
        "notAsked" => $"Not asked: {moment.What}. {Invitations.Sending.SendingWords.Of((NotSent)short.Parse(moment.More!, System.Globalization.CultureInfo.InvariantCulture))}",
        "mail" => moment.More == "0" ? $"Mail sent: {moment.What}" : $"Reminder {moment.More} sent: {moment.What}",
        "answer" => $"Answered: {moment.What}",
        _ => Consent(moment),
    };

    static string Consent(Moment moment)
    {
        string[] parts = moment.More!.Split('|', 2);
        string what = (moment.What, parts[0]) switch
        {
            (ConsentChange.All, "refused") => "Opted out",
            (ConsentChange.All, _) => "Let back in",
            (_, "given") => $"Consent by {moment.What} given",
            (_, "refused") => $"Consent by {moment.What} refused",
            _ => $"Consent by {moment.What} no longer known",
        };
        return $"{what} ({parts[1]})";
    }
}
