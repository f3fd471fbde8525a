namespace CxSurveys.Web.Platform;

/// <summary>Cells of files that people open in a spreadsheet.</summary>
internal static class SpreadsheetCell
{
    /// <summary>
    /// An apostrophe before what a spreadsheet would take for a formula, also behind white space. A text that begins with an
    /// apostrophe gets one more, so that taking one away gives back every text as it was.
    /// </summary>
    public static string? Guarded(string? text)
    {
        if (string.IsNullOrEmpty(text)) return text;
        char first = text.AsSpan().TrimStart() is [var c, ..] ? c : text[0];
        return "=+-@'\"＝＋－＠".Contains(first, StringComparison.Ordinal) || char.IsControl(text[0]) ? "'" + text : text;
    }
}
