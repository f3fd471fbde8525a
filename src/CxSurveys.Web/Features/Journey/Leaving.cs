namespace CxSurveys.Web.Features.Journey;

/// <summary>What the page says of a row that is marked to leave.</summary>
internal static class Leaving
{
    /// <param name="foreseen">Null where it cannot be told yet.</param>
    /// <param name="stored">False for a row that was typed just now.</param>
    public static string Words(LeftOut? foreseen, bool stored) => (foreseen, stored) switch
    {
        (_, false) => "is not stored yet and will be forgotten.",
        (null, _) => "leaves when you save: retired if it has answers or a published survey names it, else removed.",
        ({ Retired: true }, _) => "will be retired when you save, because it has answers or a published survey names it. Its history is kept.",
        _ => "will be removed when you save: it has no answers and no published survey names it.",
    };
}
