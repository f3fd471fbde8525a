using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Settings;

/// <summary>The one company this instance serves, with the settings that hold everywhere. One row.</summary>
public sealed class Organisation
{
    public const short OnlyId = 1;

    public short Id { get; init; } = OnlyId;
    public required string Name { get; set; }

    /// <summary>IANA zone that days are wanted in.</summary>
    public required string TimeZone { get; set; }

    /// <summary>IANA zone the cells are counted in now. Follows <see cref="TimeZone"/> once the recount is done; every read uses this one.</summary>
    public required string CellsTimeZone { get; set; }

    /// <summary>From 1 answer up to one less than this a score is withheld. 1 withholds nothing.</summary>
    public int MinimumN { get; set; } = 5;

    /// <summary>Days after which an answer can no longer be changed by its customer; 0 = never changeable.</summary>
    public int ChangeDays { get; set; } = 14;

    /// <summary>Nobody is asked more than once in so many days, by any survey; 0 = no cap.</summary>
    public int CapDays { get; set; } = 30;

    /// <summary>Nobody is asked more than once in so many days by the same survey; 0 = no cap.</summary>
    public int SurveyCapDays { get; set; } = 90;

    /// <summary>Between these times of a person's own day nobody is sent anything; both null = no quiet hours. May go over midnight.</summary>
    public TimeOnly? QuietFrom { get; set; }

    public TimeOnly? QuietTo { get; set; }

    /// <summary>Days of the week on which people are asked, in their own zone; at least one.</summary>
    public DayOfWeek[] WorkingDays { get; set; } = AllDays;

    /// <summary>Days on which nobody is asked.</summary>
    public DateOnly[] Holidays { get; set; } = [];

    /// <summary>How often at most a person who has not answered is reminded; 0 = never.</summary>
    public int Reminders { get; set; }

    /// <summary>Days from an invitation to its reminder, and from one reminder to the next.</summary>
    public int ReminderDays { get; set; } = 3;

    /// <summary>Printed below every mail, as many laws ask.</summary>
    public string? PostalAddress { get; set; }

    /// <summary>Makes the hashes of suppressed addresses this installation's own; made once by the database, never told.</summary>
    public byte[] SuppressionSalt { get; private set; } = [];

    internal static readonly DayOfWeek[] AllDays = [DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday];

    internal sealed class Mapping : IEntityTypeConfiguration<Organisation>
    {
        public void Configure(EntityTypeBuilder<Organisation> entity)
        {
            entity.ToTable(t =>
            {
                t.HasCheckConstraint("ck_organisation_one_row", "id = 1");
                t.HasCheckConstraint("ck_organisation_minimum_n", "minimum_n >= 1");
                t.HasCheckConstraint("ck_organisation_change_days", "change_days >= 0");
                t.HasCheckConstraint("ck_organisation_caps", "cap_days >= 0 and survey_cap_days >= 0");
                t.HasCheckConstraint("ck_organisation_quiet", "(quiet_from is null) = (quiet_to is null) and cardinality(working_days) > 0");
                t.HasCheckConstraint("ck_organisation_reminders", "reminders between 0 and 3 and reminder_days between 1 and 30");
            });
            entity.Property(o => o.Id).ValueGeneratedNever();
            entity.Property(o => o.CapDays).HasDefaultValue(30).ValueGeneratedNever();
            entity.Property(o => o.SuppressionSalt).HasDefaultValueSql("uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())").ValueGeneratedOnAdd();
            entity.Property(o => o.WorkingDays).HasDefaultValueSql("'{0,1,2,3,4,5,6}'").ValueGeneratedNever();
            entity.Property(o => o.Holidays).HasDefaultValueSql("'{}'").ValueGeneratedNever();
            entity.Property(o => o.ReminderDays).HasDefaultValue(3).ValueGeneratedNever();
            entity.Property(o => o.SurveyCapDays).HasDefaultValue(90).ValueGeneratedNever();
        }
    }
}
