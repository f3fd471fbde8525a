using System.Text;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores;

/// <summary>A combination of reporting attributes, with the response's own language and channel beside them.</summary>
public sealed record SegmentKey(IReadOnlyDictionary<string, string> Attributes, string? Language, string? Channel)
{
    /// <summary>By which it is known in the database.</summary>
    internal Hash256 Hash { get; } = HashOf(Attributes, Language, Channel);

    /// <summary>What its one value is a value of, as <see cref="Segment.Part"/> says it; null with several or none.</summary>
    internal string? Part => (Attributes.Count, Language, Channel) switch
    {
        (1, null, null) => Segment.AttributePrefix + Attributes.Keys.Single(),
        (0, not null, null) => "language",
        (0, null, not null) => "channel",
        _ => null,
    };

    /// <summary>A combination of each of its values alone.</summary>
    internal IEnumerable<SegmentKey> Parts()
    {
        if (Part is not null) yield break;
        foreach (var (name, value) in Attributes) yield return new(new Dictionary<string, string> { [name] = value }, null, null);
        if (Language is not null) yield return new(None, Language, null);
        if (Channel is not null) yield return new(None, null, Channel);
    }

    static readonly Dictionary<string, string> None = [];

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
