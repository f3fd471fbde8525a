using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Channels;

/// <summary>Reads what an admin wants to share from the address of the page, its codes and its sheet; makes the links.</summary>
public sealed class SharedSurvey(SharedLinks links, JourneyCatalog journey, PublicAddress address)
{
    /// <summary>Touchpoints that are offered, in their order.</summary>
    public async Task<IReadOnlyList<Touchpoint>> TouchpointsAsync(CancellationToken ct)
    {
        var snapshot = await journey.GetAsync(ct);
        return [.. snapshot.Touchpoints.Values.Where(t => !t.Retired).OrderBy(t => snapshot.Stages.Values.First(s => s.Id == t.StageId).Position).ThenBy(t => t.Position)];
    }

    /// <summary>From <c>touchpoint</c>, <c>channel</c> and pairs of <c>name</c> and <c>value</c>.</summary>
    public async Task<LinkContext> ReadAsync(IQueryCollection query, Errors errors, CancellationToken ct)
    {
        string? touchpoint = (string?)query["touchpoint"] is { Length: > 0 } named ? named : null;
        if (touchpoint is not null && !(await TouchpointsAsync(ct)).Any(t => t.Key == touchpoint)) errors.Add("touchpoint", $"The journey has no touchpoint '{touchpoint}'.");
        var segment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Pairs(query).Take(SharedLinks.MaxSegments))
        {
            if (name.Length == 0 && value.Length == 0) continue;
            if (name.Length == 0) errors.Add("segment", $"“{value}” needs a name.");
            else if (!segment.TryAdd(name, value)) errors.Add("segment", $"“{name}” stands twice.");
        }
        var context = new LinkContext((string?)query["channel"] is { Length: > 0 } channel ? channel.Trim() : Channel.Web, touchpoint, segment);
        SharedLinks.Check(context, errors);
        return context;
    }

    /// <summary>The names and values of the form, in their rows.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(IQueryCollection query) =>
        query["name"].Zip(query["value"], (name, value) => ((name ?? "").Trim(), (value ?? "").Trim()));

    /// <summary>The form's own parameters, for other pages that read them with <see cref="ReadAsync"/>.</summary>
    public static string Query(LinkContext context)
    {
        List<KeyValuePair<string, string?>> pairs = [];
        if (context.Touchpoint is not null) pairs.Add(new("touchpoint", context.Touchpoint));
        foreach (var (name, value) in context.Segment) pairs.AddRange([new("name", name), new("value", value)]);
        return QueryString.Create(pairs).Value ?? "";
    }

    /// <summary>The signed address; <paramref name="under"/> follows the survey's own, such as <c>/kiosk</c>.</summary>
    public Uri Link(HttpRequest request, string survey, LinkContext context, string under = "") =>
        address.ForReader(request, $"/s/{survey}{under}{QueryString.Create(links.Sign(survey, context))}");
}
