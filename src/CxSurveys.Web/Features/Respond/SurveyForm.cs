using CxSurveys.Web.Features.Respond.Guarding;
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

    /// <summary>The hidden field that says which page is sent.</summary>
    public const string PageField = "Page";

    public required IReadOnlyList<QuestionView> Questions { get; init; }

    /// <summary>Headings of tables by their key.</summary>
    public IReadOnlyDictionary<string, Wording> Matrices { get; init; } = new Dictionary<string, Wording>();

    /// <summary>CSS by which answers on the page show and hide what follows from them.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Which page it is, from 1; null where the whole form is one page.</summary>
    public int? Page { get; init; }

    /// <summary>Of how many it is which.</summary>
    public (int At, int Count) Progress { get; init; } = (1, 1);

    public bool IsLast { get; init; } = true;

    /// <summary>The address of the page before; null on the first.</summary>
    public string? Back { get; init; }

    /// <summary>What is stored already, in words; null as long as nothing is.</summary>
    public string? Saved { get; init; }

    public required string PostTo { get; init; }
    public required CustomerTexts Texts { get; init; }

    /// <summary>What a new form carries; null where the address itself carries the right to change an answer.</summary>
    public string? Seal { get; init; }

    /// <summary>The stamp of the answer a change is drawn with; null in a new form.</summary>
    public string? Seen { get; init; }

    /// <summary>What it has to bring as long as there is a flood.</summary>
    public ProofOfWork? Challenge { get; init; }

    /// <summary>Why nothing was saved so far.</summary>
    public string? Problem { get; init; }

    public bool Changeable { get; init; }
    /// <summary>The questions, rows of one table together.</summary>
    public IEnumerable<(Wording? Heading, string? Matrix, IReadOnlyList<QuestionView> Rows)> Blocks
    {
        get
        {
            for (int i = 0, next; i < Questions.Count; i = next)
            {
                string? matrix = Questions[i].Matrix;
                for (next = i + 1; matrix is not null && next < Questions.Count && Questions[next].Matrix == matrix;) next++;
                yield return (matrix is null ? null : Matrices.GetValueOrDefault(matrix), matrix, [.. Questions.Skip(i).Take(next - i)]);
            }
        }
    }

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

    /// <summary>All of it on one page, to be changed here.</summary>
    public SurveyForm? Form { get; init; }

    /// <summary>Where a form of several pages is changed; null where that is done here, or not at all.</summary>
    public string? ChangeAt { get; init; }

    /// <summary>The page on which the person stopped; null where there is none.</summary>
    public string? GoOnAt { get; init; }

    /// <summary>The company's own words to those who answered so.</summary>
    public ThanksView? Thanks { get; init; }

    public string Title => Texts[Final is not null ? "answered.finalTitle" : "answered.title"];
}

public sealed record AnsweredQuestion(QuestionView Question, IReadOnlyList<string> Said);
