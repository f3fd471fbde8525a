using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Scores;

namespace CxSurveys.Web.Data;

/// <summary>What the first migration makes beside the tables.</summary>
internal static class Schema
{
    public static readonly string[] Statements = [Segment.SeedSql, ScoredAnswerView.Sql];
}
