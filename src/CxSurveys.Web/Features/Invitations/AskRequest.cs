using CxSurveys.Web.Features.People;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Whom to ask what.</summary>
/// <param name="SurveyKey">A survey that exists; whether it is published and open is part of the decision.</param>
/// <param name="TouchpointKey">A touchpoint that exists, or none.</param>
/// <param name="Person">A stored person.</param>
/// <param name="SendAt">Not before this instant; null or past = now.</param>
/// <param name="Id">The invitation's id, where the asker may come twice: what was decided under it stands. Null = a new one.</param>
public sealed record AskRequest(string SurveyKey, string? TouchpointKey, Person Person, DateTimeOffset? SendAt, Guid? Id = null);

/// <summary>What was decided; kept as an <see cref="Invitation"/> either way.</summary>
public sealed record Asked
{
    public required Guid Id { get; init; }

    /// <summary>Where the person answers; null when they were not asked, or were asked before under this id. Told here once, never stored in the clear.</summary>
    public string? Link { get; init; }

    /// <summary>Why the person was not asked; null when they were.</summary>
    public NotSent? NotSent { get; init; }

    /// <summary>When the person may be asked again, where that comes by itself.</summary>
    public DateTimeOffset? Until { get; init; }
}
