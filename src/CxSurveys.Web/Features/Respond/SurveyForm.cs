using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Respond;

/// <summary>
/// The form a customer fills in, for an open link as for a personal one: what differs between them is where it is posted
/// and what it carries. Drawn by <c>_Survey</c> when it is new, inside <c>_Answered</c> when it changes an answer.
/// </summary>
public sealed record SurveyForm
{
    /// <summary>The hidden field; no question may have this key.</summary>
    public const string SealField = "form";

    /// <summary>The hidden field of a change; capitals are in no question's key.</summary>
    public const string SeenField = "Seen";

    public required IReadOnlyList<QuestionView> Questions { get; init; }
    public required string PostTo { get; init; }
    public required CustomerTexts Texts { get; init; }

    /// <summary>What a new form carries; null where the address itself carries the right to change an answer.</summary>
    public string? Seal { get; init; }

    /// <summary>The stamp of the answer a change is drawn with; null in a new form.</summary>
    public string? Seen { get; init; }

    /// <summary>Why nothing was saved so far.</summary>
    public string? Problem { get; init; }

    public bool Changeable { get; init; }
    public bool HasErrors => Questions.Any(q => q.Error is not null);
    public bool IsLong => Questions.Count > 3;
    public bool Shows(Presentation presentation) => Questions.Any(q => q.Presentation == presentation);
}

/// <summary>An answer that is stored: repeated in words, with the form to change it as long as that is allowed.</summary>
public sealed record AnsweredView
{
    public required CustomerTexts Texts { get; init; }
    public required IReadOnlyList<AnsweredQuestion> Answers { get; init; }
    public required string Date { get; init; }

    /// <summary>Until when it can be changed; null when it is final.</summary>
    public string? Until { get; init; }

    /// <summary>Why it is final.</summary>
    public string? Final { get; init; }

    public SurveyForm? Form { get; init; }
    public string Title => Texts[Form is null ? "answered.finalTitle" : "answered.title"];
}

public sealed record AnsweredQuestion(QuestionView Question, IReadOnlyList<string> Said);
