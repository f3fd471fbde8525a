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

    /// <summary>Printed below every mail, as many laws ask.</summary>
    public string? PostalAddress { get; set; }

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
            });
            entity.Property(o => o.Id).ValueGeneratedNever();
            entity.Property(o => o.CapDays).HasDefaultValue(30).ValueGeneratedNever();
            entity.Property(o => o.SurveyCapDays).HasDefaultValue(90).ValueGeneratedNever();
        }
    }
}
