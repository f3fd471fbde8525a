using System.Text.Json;

namespace CxSurveys.Web.Features.Responses;

/// <summary>What was noticed about a response, kept with it. A flag never drops an answer; only its state says whether it is counted.</summary>
[Flags]
public enum ResponseFlags : short
{
    None = 0,

    /// <summary>A field that people do not see was filled in.</summary>
    HiddenField = 1,

    /// <summary>Sent sooner than a person can read the questions.</summary>
    TooFast = 2,

    /// <summary>Came inside a flood, without the proof that was asked for then.</summary>
    Unproven = 4,

    /// <summary>Somebody decided about it by hand.</summary>
    ByHand = 8,

    /// <summary>The same value down a row of scales.</summary>
    StraightLining = 16,

    /// <summary>One text for several questions, or one word or letter over and over.</summary>
    RepeatedText = 32,
}

/// <summary>Flags by the names that the API and exports use.</summary>
internal static class FlagNames
{
    /// <summary>Those that follow from the answers alone.</summary>
    public const ResponseFlags OfAnswers = ResponseFlags.StraightLining | ResponseFlags.RepeatedText;

    static readonly Dictionary<string, ResponseFlags> ByName = Enum.GetValues<ResponseFlags>().Where(f => f != ResponseFlags.None)
        .ToDictionary(f => JsonNamingPolicy.CamelCase.ConvertName(f.ToString()), StringComparer.Ordinal);

    public static IReadOnlyCollection<string> All => ByName.Keys;

    public static IReadOnlyList<string> Of(ResponseFlags flags) => [.. ByName.Where(f => flags.HasFlag(f.Value)).Select(f => f.Key)];

    /// <summary>Null when there is no such flag.</summary>
    public static ResponseFlags? Find(string name) => ByName.TryGetValue(name, out var flag) ? flag : null;

    /// <summary>What a page says of it.</summary>
    public static string Words(string name) => name switch
    {
        "hiddenField" => "Filled in a field that people do not see",
        "tooFast" => "Sent faster than the questions can be read",
        "unproven" => "Came inside a flood without proof of a person",
        "byHand" => "Decided by a colleague",
        "straightLining" => "The same value down a row of scales",
        _ => "One text repeated",
    };
}
