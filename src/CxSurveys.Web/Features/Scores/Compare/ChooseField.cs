namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>One select of one side's form.</summary>
/// <param name="All">What it says when nothing is chosen.</param>
/// <param name="AsA">True when it offers to follow A.</param>
/// <param name="Follows">True when it does.</param>
public sealed record ChooseField(string Id, string Label, string Name, string All, IReadOnlyList<ChoiceGroup> Groups, string? Chosen, bool AsA, bool Follows)
{
    /// <summary>What is chosen without being on offer, such as a touchpoint in the stage it has left.</summary>
    public string? Unknown => Chosen is { Length: > 0 } && !Groups.Any(g => g.Choices.Any(c => c.Value == Chosen)) ? Chosen : null;

    public bool IsOn(string value) => !Follows && (Chosen ?? "") == value;
}
