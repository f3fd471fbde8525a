using System.Globalization;
using System.Text;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>A piece of two texts that are compared: in both, only in the earlier, or only in the later one.</summary>
public sealed record DiffPiece(string Text, bool Before, bool After);

/// <summary>Two texts word by word; where a script writes no spaces between words, letter by letter.</summary>
internal static class TextDiff
{
    public static IReadOnlyList<DiffPiece> Of(string before, string after)
    {
        List<string> one = Tokens(before), other = Tokens(after);
        var common = Common(one, other);
        var pieces = new List<DiffPiece>();
        int i = 0, j = 0;
        while (i < one.Count || j < other.Count)
        {
            if (i < one.Count && j < other.Count && one[i] == other[j])
            {
                Add(pieces, one[i++], true, true);
                j++;
            }
            else if (i < one.Count && (j == other.Count || common[i + 1, j] >= common[i, j + 1])) Add(pieces, one[i++], true, false);
            else Add(pieces, other[j++], false, true);
        }
        return Readable(pieces);
    }

    /// <summary>A space between two changed words is changed with them: what was and what is now are read one after the other.</summary>
    static List<DiffPiece> Readable(List<DiffPiece> pieces)
    {
        var readable = new List<DiffPiece>();
        var (was, now) = ("", "");
        void Flush()
        {
            if (was.Length > 0) readable.Add(new(was, true, false));
            if (now.Length > 0) readable.Add(new(now, false, true));
            (was, now) = ("", "");
        }

        for (int i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            var joins = piece.Before && piece.After && was.Length + now.Length > 0 && i + 1 < pieces.Count && string.IsNullOrWhiteSpace(piece.Text);
            if (piece.Before && piece.After && !joins)
            {
                Flush();
                readable.Add(piece);
                continue;
            }
            if (piece.Before) was += piece.Text;
            if (piece.After) now += piece.Text;
        }
        Flush();
        return readable;
    }

    static void Add(List<DiffPiece> pieces, string text, bool before, bool after)
    {
        if (pieces is [.., var last] && last.Before == before && last.After == after) pieces[^1] = last with { Text = last.Text + text };
        else pieces.Add(new(text, before, after));
    }

    /// <summary>How many tokens the rests of both have in common, in order.</summary>
    static int[,] Common(List<string> one, List<string> other)
    {
        var common = new int[one.Count + 1, other.Count + 1];
        for (int i = one.Count - 1; i >= 0; i--)
            for (int j = other.Count - 1; j >= 0; j--)
                common[i, j] = one[i] == other[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        return common;
    }

    static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        var inWord = false;
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
        {
            var element = elements.GetTextElement();
            var isWord = Rune.IsLetterOrDigit(Rune.GetRuneAt(element, 0)) && !StandsAlone(element[0]);
            if (isWord && inWord) tokens[^1] += element;
            else tokens.Add(element);
            inWord = isWord;
        }
        return tokens;
    }

    // Thai, Lao, Burmese, Khmer, and the scripts of East Asia.
    static bool StandsAlone(char letter) => letter is (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF') or (>= '\u3040' and <= '\u9FFF') or (>= '\uD840' and <= '\uD87F');
}
