using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.People;

/// <summary>A customer, known by the key the company's own systems use.</summary>
public sealed class Person
{
    public long Id { get; init; }

    /// <summary>The company's own id of the customer; at most 200 characters.</summary>
    public required string Key { get; init; }

    public string? Email { get; set; }
    public string? Name { get; set; }
    public string? Language { get; set; }

    /// <summary>IANA zone; null where it is not known.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Consent to be asked by email; null is not known, and such a person may be asked.</summary>
    public bool? EmailConsent { get; set; }

    /// <summary>When the person said not to be asked again; only the person's own wish takes it back.</summary>
    public DateTimeOffset? OptedOutAt { get; set; }

    /// <summary>What is known besides (country, plan ...); a copy of it becomes the segment of the answers that are asked for.</summary>
    public Dictionary<string, string> Attributes { get; set; } = [];

    /// <summary>How many slots there are.</summary>
    public const long Slots = 1L << 28;

    /// <summary>A number below <see cref="Slots"/> that follows from the id by a hash: an index range of it is a random sample that stays.</summary>
    public int Slot { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> entity)
        {
            entity.Property(p => p.Slot).HasComputedColumnSql("('x' || substr(md5(id::text), 1, 7))::bit(28)::int", stored: true);
            entity.HasIndex(p => p.Slot);
            entity.HasIndex(p => p.Key).IsUnique();
            entity.HasAttributes(p => p.Attributes);
        }
    }
}

internal static class AttributesMapping
{
    /// <summary>Attributes by name, as jsonb.</summary>
    public static void HasAttributes<T>(this EntityTypeBuilder<T> entity, System.Linq.Expressions.Expression<Func<T, Dictionary<string, string>>> attributes) where T : class =>
        entity.Property(attributes).HasColumnType("jsonb").HasDefaultValueSql("'{}'").HasConversion(
            map => JsonSerializer.Serialize(map, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<Dictionary<string, string>>(text, JsonSerializerOptions.Default)!,
            new ValueComparer<Dictionary<string, string>>(
                (a, b) => a!.Count == b!.Count && a.All(pair => b.ContainsKey(pair.Key) && b[pair.Key] == pair.Value),
                map => map.Aggregate(0, (hash, pair) => hash ^ HashCode.Combine(pair.Key, pair.Value)),
                map => new Dictionary<string, string>(map)));
}
