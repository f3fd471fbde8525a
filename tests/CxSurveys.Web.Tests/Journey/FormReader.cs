using System.Net;
using System.Text.RegularExpressions;

namespace CxSurveys.Web.Tests.Journey;

/// <summary>The fields of the journey's form as a browser would send them.</summary>
internal static partial class FormReader
{
    public static Dictionary<string, string> Fields(string page)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match input in Input().Matches(page))
            if (Attribute(input.Value, "name") is { } name && name.StartsWith("Form.", StringComparison.Ordinal)) fields[name] = Attribute(input.Value, "value") ?? "";
        foreach (Match select in Select().Matches(page))
            fields[select.Groups[1].Value] = Chosen().Match(select.Groups[2].Value).Groups[1].Value;
        return fields;
    }

    /// <summary>Names of the stages on the form, each with those of its touchpoints: "Purchase: Checkout, Delivery".</summary>
    public static string[] Rows(IReadOnlyDictionary<string, string> fields) =>
        [.. Enumerable.Range(0, 100).TakeWhile(s => fields.ContainsKey($"Form.Stages[{s}].Name")).Select(s =>
            $"{fields[$"Form.Stages[{s}].Name"]}: {string.Join(", ", Enumerable.Range(0, 100).Select(t => fields.GetValueOrDefault($"Form.Stages[{s}].Touchpoints[{t}].Name")).TakeWhile(name => name is not null))}")];

    static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $" {name}=\"([^\"]*)\"") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    [GeneratedRegex("<input [^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("<select [^>]*name=\"([^\"]+)\"[^>]*>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Select();

    [GeneratedRegex("value=\"([^\"]*)\" selected")]
    private static partial Regex Chosen();
}
