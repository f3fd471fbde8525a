using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.People;

/// <summary>When and by what a person's consent changed. Only ever added: it is the proof.</summary>
public sealed class ConsentChange
{
    /// <summary>The channel of an opt-out, which holds for all.</summary>
    public const string All = "all";

    public const string Email = "email";

    public long Id { get; init; }
    public required long PersonId { get; init; }

    /// <summary>What may be used to ask them: <c>email</c>; <c>all</c> of an opt-out.</summary>
    public required string Channel { get; init; }

    /// <summary>Null = from then on not known.</summary>
    public bool? Given { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Where it came from, for example "file customers.csv" or "their own link".</summary>
    public required string Source { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ConsentChange>
    {
        public void Configure(EntityTypeBuilder<ConsentChange> entity)
        {
            entity.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId);
            entity.HasIndex(c => new { c.PersonId, c.At });
        }
    }
}

/// <summary>By what a change of a person came, and when.</summary>
internal sealed record Origin(string Source, DateTimeOffset At)
{
    public const string Api = "API", Event = "event", ByHand = "by hand", OwnLink = "their own link";
}
