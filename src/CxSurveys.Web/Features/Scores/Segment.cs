using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Scores;

/// <summary>One distinct combination of reporting attributes, with the response's own language and channel beside them.</summary>
public sealed class Segment
{
    /// <summary>The grain that adds all segments together: cells of an unfiltered page. No response has it.</summary>
    public const int All = 0;

    /// <summary>Seeds <see cref="All"/>; part of the migrations, since EF seeds no key of 0.</summary>
    internal const string SeedSql = "insert into segment (id, attributes, hash) overriding system value values (0, '{}', '')";

    /// <summary>The grains at which an answer of a segment is counted: all together, its own, and one for each of its parts.</summary>
    internal const string GrainViewSql = """
        create view segment_grain as
        select s.id as segment_id, grain.id
        from segment s cross join lateral unnest(array[0, s.id] || case when s.part is null then array(select -p.id from unnest(s.part_ids) as p(id)) else array[-s.id] end) as grain(id)
        """;

    /// <summary>The value of an attribute, or of <c>language</c> or <c>channel</c>, of the row <c>s</c>; nothing without one.</summary>
    /// <param name="parameter">Holds the attribute's name.</param>
    internal static string Sql(string? attribute, string parameter) => attribute switch
    {
        null => "null::text",
        "language" => "s.language",
        "channel" => "s.channel",
        _ => "s.attributes ->> " + parameter,
    };

    /// <summary>The ids of combinations that have @attributes, @language and @channel, as far as these are given.</summary>
    internal const string Chosen =
        "select s.id from segment s where s.attributes @> @attributes::jsonb and (@language is null or s.language = @language) and (@channel is null or s.channel = @channel)";

    /// <summary>Of an attribute, as <see cref="Part"/> names it.</summary>
    internal const string AttributePrefix = "segment.";

    public int Id { get; init; }

    /// <summary>Name to value, a JSON object.</summary>
    public required Dictionary<string, string> Attributes { get; init; }

    public string? Language { get; init; }
    public string? Channel { get; init; }
    public SegmentKey Key => new(Attributes, Language, Channel);

    /// <summary>SHA-256 of the combination, unique.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Of a combination of one value: what it is a value of, <c>segment.name</c>, <c>language</c> or <c>channel</c>. It is a part of all others that have the value.</summary>
    public string? Part { get; init; }

    /// <summary>Of one of several values: the ids of its parts.</summary>
    public required int[] PartIds { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Segment>
    {
        public void Configure(EntityTypeBuilder<Segment> entity)
        {
            entity.Ignore(s => s.Key);
            entity.Property(s => s.Attributes).HasColumnType("jsonb").HasConversion(
                attributes => Write(attributes),
                json => Read(json),
                new ValueComparer<Dictionary<string, string>>((a, b) => Write(a) == Write(b), a => Write(a).GetHashCode(StringComparison.Ordinal)));
            entity.HasIndex(s => s.Hash).IsUnique();
            entity.HasIndex(s => s.Part).HasFilter("part is not null");
        }

        static string Write(Dictionary<string, string>? attributes) => JsonSerializer.Serialize(attributes);

        static Dictionary<string, string> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
    }
}
