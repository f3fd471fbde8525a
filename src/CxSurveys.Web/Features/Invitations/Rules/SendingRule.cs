using System.Text.Json;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Invitations.Rules;

public enum DelayUnit : short { Minutes = 0, Hours = 1, Days = 2, Months = 3, Years = 4 }

/// <summary>Which of two surveys that wait for the same person goes first.</summary>
public enum Priority : short { Low = -1, Usual = 0, High = 1 }

/// <summary>
/// When to ask whom what without anybody's doing: so long after an event of a kind, or, without one, everybody once in so many days.
/// </summary>
public sealed class SendingRule
{
    public const int MaxName = 100, MostDelay = 10_000, FewestEveryDays = 7, MostEveryDays = 3650;

    public int Id { get; init; }
    public required string Name { get; set; }
    public bool IsOn { get; set; }

    /// <summary>The kind of event that starts it; null of a schedule.</summary>
    public string? EventType { get; set; }

    /// <summary>Only a person's first event of the kind counts.</summary>
    public bool OnlyFirst { get; set; }

    public int Delay { get; set; }
    public DelayUnit DelayUnit { get; set; }

    /// <summary>Kinds of event that call it off while it waits.</summary>
    public string[] CancelledBy { get; set; } = [];

    /// <summary>The field of both events' data that must be the same for one to call off the other, such as the order; null = any event of the person.</summary>
    public string? SameField { get; set; }

    /// <summary>Of a schedule: each person once in so many days, an equal share of the people every day.</summary>
    public int? EveryDays { get; set; }

    /// <summary>Of a schedule: when in the person's own day.</summary>
    public TimeOnly AtTime { get; set; } = new(10, 0);

    /// <summary>Of a schedule: up to this day (UTC) everybody's turn is planned.</summary>
    public DateOnly? PlannedThrough { get; set; }

    public List<Condition> Conditions { get; set; } = [];
    public required int SurveyId { get; set; }
    public int? TouchpointId { get; set; }

    /// <summary>Of so many in a hundred the answer is wanted; who is chosen follows from the event's id alone.</summary>
    public int SamplePercent { get; set; } = 100;

    public Priority Priority { get; set; }

    /// <summary>So many days late a person is still asked: because of a late event, quiet hours, holidays, or a cap that ends.</summary>
    public int LateDays { get; set; } = 7;

    public required DateTimeOffset CreatedAt { get; init; }

    public bool IsSchedule => EveryDays is not null;

    /// <summary>The last moment at which somebody is asked who was to be asked at that one.</summary>
    public DateTimeOffset Latest(DateTimeOffset wantedAt) => wantedAt.AddDays(LateDays);

    internal sealed class Mapping : IEntityTypeConfiguration<SendingRule>
    {
        public void Configure(EntityTypeBuilder<SendingRule> entity)
        {
            entity.HasOne<Survey>().WithMany().HasForeignKey(r => r.SurveyId);
            entity.HasOne<Touchpoint>().WithMany().HasForeignKey(r => r.TouchpointId);
            entity.Property(r => r.Conditions).HasColumnType("jsonb").HasConversion(
                list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default),
                text => JsonSerializer.Deserialize<List<Condition>>(text, JsonSerializerOptions.Default)!,
                new ValueComparer<List<Condition>>((a, b) => a!.SequenceEqual(b!), list => list.Count, list => list.ToList()));
            entity.HasIndex(r => r.EventType);
            entity.ToTable(t =>
            {
                t.HasCheckConstraint("ck_sending_rule_kind", "(event_type is null) <> (every_days is null)");
                t.HasCheckConstraint("ck_sending_rule_numbers", "delay >= 0 and late_days >= 0 and sample_percent between 1 and 100 and (every_days is null or every_days >= 7)");
            });
        }
    }
}
