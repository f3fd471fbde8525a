namespace CxSurveys.Web.Platform;

/// <summary>A word in the top bar of every page that says what kind of instance this is; null = an ordinary one.</summary>
public sealed class InstanceMark
{
    public string? Text { get; set; }
}
