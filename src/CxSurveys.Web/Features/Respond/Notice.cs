namespace CxSurveys.Web.Features.Respond;

/// <summary>A kind, plain page instead of a form: what happened, that nothing was lost or saved, and the way on.</summary>
/// <remarks>Its texts are <c>{name}.title</c> and <c>{name}.text</c>; the link leads on, <c>LinkText</c> names its text.</remarks>
public sealed record Notice(string Name, int Status, string? Link = null, string? LinkText = null)
{
    public static readonly Notice Unknown = new("unknown", StatusCodes.Status404NotFound);
    public static readonly Notice Closed = new("closed", StatusCodes.Status410Gone);

    public static readonly Notice OptedOut = new("optedOut", StatusCodes.Status200OK);

    public static Notice Expired(string survey) => new("expired", StatusCodes.Status410Gone, survey, "link.again");

    public static Notice Unreadable(string survey, int status = StatusCodes.Status400BadRequest) => new("unreadable", status, survey, "link.again");

    public static Notice TooLate(string answer) => new("tooLate", StatusCodes.Status409Conflict, answer, "link.answer");
}
