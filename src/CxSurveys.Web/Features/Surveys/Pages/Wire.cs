using System.Globalization;
using System.Text.Json;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>Values of a definition as fields carry them.</summary>
internal static class Wire
{
    public static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static T? Parse<T>(string text) where T : struct, Enum =>
        Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => Name(value!.Value) == text);

    public static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>An integer with either minus sign; an error at the path when it is none.</summary>
    public static int? Number(string text, string path, Errors errors)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (int.TryParse(text.Trim().Replace('−', '-'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)) return number;
        errors.Add(path, "A whole number, for example 5.");
        return null;
    }
}

/// <summary>A set of scale values in one field.</summary>
internal static class SetText
{
    /// <summary>An empty set, told from a field left empty.</summary>
    public const string None = "none";

    public static string Write(IReadOnlyList<int>? set) => set switch
    {
        null => "",
        [] => None,
        _ => string.Join(", ", set.Select(value => Wire.Number(value))),
    };

    public static IReadOnlyList<int>? Read(string text, string path, Errors errors)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Trim().Equals(None, StringComparison.OrdinalIgnoreCase)) return [];
        int?[] values = [.. text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Select(part => Wire.Number(part, path, new Errors()))];
        if (values.All(value => value is not null)) return [.. values.Select(value => value!.Value)];
        errors.Add(path, "Numbers with commas between them, for example 4, 5; or none.");
        return null;
    }
}

/// <summary>Where a question is asked, in one field: empty, <c>journey</c>, <c>stage:</c> or <c>touchpoint:</c> with the key.</summary>
internal static class PlaceText
{
    public const string Journey = "journey", Stage = "stage:", Touchpoint = "touchpoint:";

    public static string Write(QuestionDefinition question) => question switch
    {
        { Touchpoint: { } touchpoint } => Touchpoint + touchpoint,
        { Stage: { } stage } => Stage + stage,
        { Journey: true } => Journey,
        _ => "",
    };

    public static QuestionDefinition Put(string place, QuestionDefinition question) => question with
    {
        Journey = place == Journey,
        Stage = After(Stage, place),
        Touchpoint = After(Touchpoint, place),
    };

    static string? After(string start, string place) => place.StartsWith(start, StringComparison.Ordinal) ? place[start.Length..] : null;
}
