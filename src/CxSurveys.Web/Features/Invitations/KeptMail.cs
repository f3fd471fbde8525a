using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>A mail in the built-in mailbox, where no mail server is set up. It holds links, so it lies sealed by the key ring.</summary>
public sealed class KeptMail
{
    public long Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The whole MIME message.</summary>
    public required byte[] Sealed { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<KeptMail>
    {
        public void Configure(EntityTypeBuilder<KeptMail> entity) => entity.ToTable("kept_mail");
    }
}
