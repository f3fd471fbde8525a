using System.Text;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores;

/// <summary>A combination of reporting attributes, with the response's own language and channel beside them.</summary>
public sealed record SegmentKey(IReadOnlyDictionary<string, string> Attributes, string? Language, string? Channel)
{
    /// <summary>By which it is known in the database.</summary>
    internal Hash256 Hash { get; } = HashOf(Attributes, Language, Channel);

    // Every text with its length before it: no two combinations write the same bytes, whatever characters they hold.
    static Hash256 HashOf(IReadOnlyDictionary<string, string> attributes, string? language, string? channel)
    {
        var bytes = new Fingerprint(stackalloc byte[Fingerprint.Usual]);
        Append(ref bytes, language);
        Append(ref bytes, channel);
        string[] names = [.. attributes.Keys];
        Array.Sort(names, StringComparer.Ordinal);
        foreach (string name in names)
        {
            Append(ref bytes, name);
            Append(ref bytes, attributes[name]);
        }
        return bytes.Sha256();
    }

    static void Append(ref Fingerprint bytes, string? text)
    {
        bytes.AddBigEndian(text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        if (text is not null) bytes.AddText(text);
    }
}
