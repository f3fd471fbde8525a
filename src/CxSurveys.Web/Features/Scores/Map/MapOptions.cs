using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>What the filters of the page offer.</summary>
public sealed record MapOptions(IReadOnlyList<string> Languages, IReadOnlyList<string> Channels, IReadOnlyList<MapOptions.Attribute> Attributes)
{
    const int MostAttributes = 8, MostValues = 50;

    /// <summary>Newest combinations looked at: with rich attributes there are nearly as many as responses.</summary>
    const int MostSegments = 20_000;

    public sealed record Attribute(string Name, IReadOnlyList<string> Values)
    {
        /// <summary><c>first_time</c> as <c>First time</c>.</summary>
        public string Label => Name.Length == 0 ? Name : char.ToUpperInvariant(Name[0]) + Name[1..].Replace('_', ' ').Replace('-', ' ');

        /// <summary>A value as people say it: <c>TH</c> of <c>country</c> as <c>Thailand</c>.</summary>
        public string TextOf(string value) => Name == "country" ? CountryNames.Of(value) : value;
    }

    sealed record Found(string Source, string Name, string Value);

    internal static async Task<MapOptions> ReadAsync(CxDbContext db, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<Found>($"""
            with newest as (
                select attributes, language, channel from segment where id <> {Segment.All} order by id desc limit {MostSegments}
            )
            select distinct 'attribute' as source, a.key as name, a.value from newest, jsonb_each_text(attributes) a
            union select 'language', '', language from newest where language is not null
            union select 'channel', '', channel from newest where channel is not null
            """).ToListAsync(ct);
        var attributes = found.Where(f => f.Source == "attribute").GroupBy(f => f.Name, f => f.Value)
            .Where(a => a.Take(MostValues + 1).Count() is > 1 and <= MostValues)
            .OrderBy(a => a.Key, StringComparer.Ordinal)
            .Take(MostAttributes)
            .Select(a => new Attribute(a.Key, Sorted(a)));
        return new(Sorted(Of("language")), Sorted(Of("channel")), [.. attributes]);

        IEnumerable<string> Of(string source) => found.Where(f => f.Source == source).Select(f => f.Value);
    }

    static List<string> Sorted(IEnumerable<string> values) => [.. values.Order(StringComparer.Ordinal)];
}
