namespace CxSurveys.Web.Features.Responses;

/// <summary>
/// What the scores may know of answers: every scale answer (a skipped one too) of a counted response, with the day it counts on.
/// Scores read this view and never the tables behind it; its columns are the contract between the two.
/// </summary>
internal static class ScoredAnswerView
{
    public const string Sql = """
        create view scored_answer as
        select a.response_id, a.question_id, a.place_id, r.segment_id, r.submitted_at,
               (r.submitted_at at time zone o.cells_time_zone)::date as day,
               a.value, r.person_id
        from answer a
        join response r on r.id = a.response_id
        cross join organisation o
        where r.state = 0 and a.value is not null
        """;
}
