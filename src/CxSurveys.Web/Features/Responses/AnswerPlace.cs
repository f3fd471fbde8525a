namespace CxSurveys.Web.Features.Responses;

/// <summary>The database function that says where an answer given now is counted; part of the migrations.</summary>
internal static class AnswerPlace
{
    public const string Sql = """
        create function answer_place(of_question int, response_touchpoint int) returns int language sql stable as $$
            select case
                when q.journey then 2
                when q.stage_id is not null then (select p.id from place p where p.kind = 'Stage' and p.stage_id = q.stage_id)
                else coalesce(
                    (select p.id from touchpoint t join place p on p.kind = 'Touchpoint' and p.touchpoint_id = t.id and p.stage_id = t.stage_id
                     where t.id = coalesce(q.touchpoint_id, response_touchpoint)), 1)
            end
            from question q where q.id = of_question
        $$
        """;
}
