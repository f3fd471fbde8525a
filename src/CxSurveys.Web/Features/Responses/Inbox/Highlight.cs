namespace CxSurveys.Web.Features.Responses.Inbox;

/// <summary>A piece of a text, marked where a searched word stands.</summary>
public sealed record TextPiece(string Text, bool Marked);

/// <summary>Shows searched words in the texts they were found in.</summary>
internal static class Highlight
{
    const int Longest = 320, Before = 90;

    /// <summary>The whole text in pieces.</summary>
    public static IReadOnlyList<TextPiece> Pieces(string text, IReadOnlyList<string> words)
    {
        var pieces = new List<TextPiece>();
        int at = 0;
        while (at < text.Length)
        {
            var (start, length) = Next(text, words, at);
            if (length == 0) break;
            if (start > at) pieces.Add(new TextPiece(text[at..start], false));
            pieces.Add(new TextPiece(text[start..(start + length)], true));
            at = start + length;
        }
        if (at < text.Length) pieces.Add(new TextPiece(text[at..], false));
        return pieces;
    }

    /// <summary>A long text cut to the surroundings of the first searched word.</summary>
    public static string Excerpt(string text, IReadOnlyList<string> words)
    {
        if (text.Length <= Longest) return text;
        var (found, length) = Next(text, words, 0);
        int start = length == 0 || found < Longest / 2 ? 0 : Whole(text, found - Before);
        int end = Math.Min(text.Length, start + Longest);
        end = end == text.Length ? end : Whole(text, end);
        return (start > 0 ? "… " : "") + text[start..end].Trim() + (end < text.Length ? " …" : "");
    }

    public static bool HasAny(string text, IReadOnlyList<string> words) => Next(text, words, 0).Length > 0;

    // The earliest; of two that start there, the longer one.
    static (int Start, int Length) Next(string text, IReadOnlyList<string> words, int from) =>
        words.Select(word => (Start: text.IndexOf(word, from, StringComparison.OrdinalIgnoreCase), word.Length))
            .Where(hit => hit.Start >= 0)
            .OrderBy(hit => hit.Start).ThenByDescending(hit => hit.Length)
            .FirstOrDefault();

    // Not between the halves of a surrogate pair; at a space where one is near, since Thai and others have none to offer.
    static int Whole(string text, int at)
    {
        int space = text.LastIndexOf(' ', at, Math.Min(at, 20));
        if (space > 0) return space;
        return char.IsLowSurrogate(text[at]) ? at - 1 : at;
    }
}
