using CxSurveys.Web.Features.Channels;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Respond;

/// <summary>How a visitor came to an open survey: what their link says, as far as it is signed, and what holds there.</summary>
/// <param name="IsSigned">False for an address that anyone could have written.</param>
/// <param name="Parameters">The signed ones, to carry on.</param>
public sealed record OpenLink(OpenLinkRules Rules, LinkContext Context, bool IsSigned, int? TouchpointId, IReadOnlyList<KeyValuePair<string, string?>> Parameters)
{
    public static readonly OpenLink None = new(OpenLinkRules.None, LinkContext.Plain, false, null, []);

    public bool IsTest => Context.Channel == Channel.Test;

    /// <summary>What an answer in this language belongs to.</summary>
    internal SegmentKey SegmentIn(string language) => new(Context.Segment, language, Context.Channel);

    /// <summary>A page of the survey in a language, with what the link says.</summary>
    public string Address(string path, string language) => path + QueryString.Create(Parameters.Append(new("lang", language))).Value;
}

/// <summary>Reads open links.</summary>
public sealed class OpenLinks(SurveyChannels channels, SharedLinks links, JourneyCatalog journey)
{
    public async Task<OpenLink> ReadAsync(string survey, IQueryCollection query, CancellationToken ct)
    {
        if (!TextRules.IsKey(survey)) return OpenLink.None;
        var rules = await channels.OfAsync(survey, ct);
        if (links.Read(survey, query) is not { } context) return OpenLink.None with { Rules = rules };
        int? touchpoint = context.Touchpoint is { } key && (await journey.GetAsync(ct)).Touchpoints.TryGetValue(key, out var known) ? known.Id : null;
        return new OpenLink(rules, context, true, touchpoint, links.Sign(survey, context));
    }
}
