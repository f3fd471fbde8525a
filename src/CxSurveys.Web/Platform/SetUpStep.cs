namespace CxSurveys.Web.Platform;

/// <summary>One thing to do before the first answer. Each feature says its own; the set-up page lists them without knowing whose they are.</summary>
public interface ISetUpStep
{
    /// <summary>Lower comes first: 10, 20, 30 ..., so that another fits between.</summary>
    int Position { get; }

    Task<SetUpStep> ReadAsync(CancellationToken ct);
}

/// <summary>A step as it stands now.</summary>
/// <param name="Title">What it is about, for example "Your company".</param>
/// <param name="Done">True when nothing is left to do here.</param>
/// <param name="Words">What there is when it is done; else what to do, and what works without it.</param>
/// <param name="Link">The page that does it; null when it is not done on a page.</param>
public sealed record SetUpStep(string Title, bool Done, string Words, SetUpLink? Link)
{
    /// <summary>The first answer can come in without it.</summary>
    public bool MayWait { get; init; }

    /// <summary>A setting the operator types, shown as code; null = none.</summary>
    public string? Setting { get; init; }
}

/// <param name="Text">One word for the button, for example "Import".</param>
/// <param name="Address">The page's address in this site.</param>
public sealed record SetUpLink(string Text, string Address);
