using Microsoft.EntityFrameworkCore;
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

    internal sealed class Mapping : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> entity) => entity.HasIndex(p => p.Key).IsUnique();
    }
}
