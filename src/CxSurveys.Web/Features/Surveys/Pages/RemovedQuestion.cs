using System.Text.Json;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>A question that was deleted, kept in the form until the page is left: deleting is undone as it was done.</summary>
internal sealed record RemovedQuestion(int Index, QuestionForm Question)
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, IgnoreReadOnlyProperties = true };

    /// <summary>Null when there is none, or it cannot be read.</summary>
    public static RemovedQuestion? Read(string json)
    {
        if (json.Length == 0) return null;
        try
        {
            return JsonSerializer.Deserialize<RemovedQuestion>(json, Options);
        }
        catch (JsonException)
        {
            // Not as this page wrote it: there is nothing to bring back.
            return null;
        }
    }

    public DraftForm TakeFrom(DraftForm form) => form with
    {
        Questions = [.. form.Questions.Where((_, i) => i != Index)],
        Removed = JsonSerializer.Serialize(this, Options),
    };

    public DraftForm PutBack(DraftForm form)
    {
        List<QuestionForm> questions = [.. form.Questions];
        questions.Insert(Math.Clamp(Index, 0, questions.Count), Question);
        return form with { Questions = questions, Removed = "" };
    }
}
