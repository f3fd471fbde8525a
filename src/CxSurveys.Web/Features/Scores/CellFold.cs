using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Scores;

/// <summary>One row: how many <see cref="CellDelta"/>s were added to the cells so far. With those that wait it tells whether scores changed, and never goes back.</summary>
public sealed class CellFold
{
    /// <summary>Seeds it; part of the migrations.</summary>
    internal const string SeedSql = "insert into cell_fold (id, deltas) values (1, 0)";

    public short Id { get; init; }
    public long Deltas { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CellFold>
    {
        public void Configure(EntityTypeBuilder<CellFold> entity)
        {
            entity.Property(f => f.Id).ValueGeneratedNever();
            entity.ToTable("cell_fold", t => t.HasCheckConstraint("ck_cell_fold_one", "id = 1"));
        }
    }
}
