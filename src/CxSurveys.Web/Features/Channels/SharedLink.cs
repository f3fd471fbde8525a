using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Channels;

/// <summary>What an open link says about whoever follows it.</summary>
public sealed record LinkContext(string Channel, string? Touchpoint, IReadOnlyDictionary<string, string> Segment)
{
    public static readonly LinkContext Plain = new(Channels.Channel.Web, null, new Dictionary<string, string>());
}

/// <summary>
/// Links to an open survey with touchpoint, segment and channel in readable parameters, signed together. What is unsigned or was
/// altered is ignored as a whole: it never decides where an answer counts.
/// </summary>
public sealed class SharedLinks(LinkKey key)
{
    public const string SegmentPrefix = "segment.";
    public const int MaxSegments = 5, MaxValue = 200, MaxName = 64;

    const string ChannelField = "channel", TouchpointField = "touchpoint", SignatureField = "sig";

    /// <summary>Bytes of the signature that the link carries: short for codes, far too many to try.</summary>
    const int SignatureLength = 16;

    /// <summary>The signed parameters, to put behind the survey's address.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Sign(string survey, LinkContext context)
    {
        var pairs = Pairs(context);
        return [.. pairs, new(SignatureField, Base64Url.EncodeToString(Signature(survey, pairs)))];
    }

    /// <summary>Null when the query is not signed, or not by us, or not for this survey.</summary>
    public LinkContext? Read(string survey, IQueryCollection query)
    {
        if (query[SignatureField] is not [{ Length: > 0 and < 64 } sent] || !Base64Url.IsValid(sent)) return null;
        var signed = query.Where(q => q.Key is ChannelField or TouchpointField || q.Key.StartsWith(SegmentPrefix, StringComparison.Ordinal)).ToList();
        if (signed.Count > MaxSegments + 2 || signed.Any(q => q.Value.Count != 1)) return null;

        var context = new LinkContext(
            (string?)query[ChannelField] ?? "",
            query[TouchpointField],
            signed.Where(q => q.Key.StartsWith(SegmentPrefix, StringComparison.Ordinal)).ToDictionary(q => q.Key[SegmentPrefix.Length..], q => (string)q.Value!, StringComparer.Ordinal));
        return CryptographicOperations.FixedTimeEquals(Signature(survey, Pairs(context)), Base64Url.DecodeFromChars(sent)) ? context : null;
    }

    static List<KeyValuePair<string, string?>> Pairs(LinkContext context)
    {
        List<KeyValuePair<string, string?>> pairs = [new(ChannelField, context.Channel)];
        if (context.Touchpoint is not null) pairs.Add(new(TouchpointField, context.Touchpoint));
        pairs.AddRange(context.Segment.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => KeyValuePair.Create(SegmentPrefix + s.Key, (string?)s.Value)));
        return pairs;
    }

    // Each text with its length before it: no two links are signed as the same bytes.
    byte[] Signature(string survey, IEnumerable<KeyValuePair<string, string?>> pairs)
    {
        var text = new StringBuilder().Append(survey.Length).Append(':').Append(survey);
        foreach (var (name, value) in pairs) text.Append(name.Length).Append(':').Append(name).Append(value!.Length).Append(':').Append(value);
        return HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(text.ToString()))[..SignatureLength];
    }

    /// <summary>Checks what somebody wants to sign; errors by field.</summary>
    public static void Check(LinkContext context, Errors errors)
    {
        if (!TextRules.IsKey(context.Channel)) errors.Add("channel", TextRules.KeyMessage);
        foreach (var (name, value) in context.Segment)
        {
            if (name.Length > MaxName || !TextRules.IsStorable(name)) errors.Add("segment", $"A name of 1 to {MaxName} characters.");
            if (string.IsNullOrWhiteSpace(value) || TextRules.CodePoints(value) > MaxValue || !TextRules.IsStorable(value)) errors.Add("segment", $"“{name}” needs a value of 1 to {MaxValue} characters.");
        }
    }
}
