using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>One sign-in. The sealed cookie names it; deleting the row ends it at once, wherever a copy of the cookie is.</summary>
public sealed class Session
{
    /// <summary>Without a request for this long a session is over.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    /// <summary>However busy, a session is over after this long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public Guid Id { get; init; } = Guid.NewGuid();
    public required Guid AccountId { get; init; }
    public Account Account { get; init; } = null!;
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The account's stamp at sign-in: a new password, or anything else that changes the stamp, ends every session.</summary>
    public required string SecurityStamp { get; init; }

    public bool IsOver(DateTimeOffset now) => Account.SwitchedOffAt is not null || SecurityStamp != Account.SecurityStamp || now >= StartedAt + Longest;

    /// <summary>Who this is now, by the account's present name and role.</summary>
    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.NameIdentifier, AccountId.ToString()),
        new Claim(ClaimTypes.Email, Account.Email!),
        new Claim(ClaimTypes.Name, Account.Name ?? Account.Email!),
        new Claim(ClaimTypes.Role, LowerCaseEnum.Name(Account.Role)),
        new Claim(Claims.Session, Id.ToString()),
    ], Schemes.Cookie));

    internal sealed class Mapping : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> entity)
        {
            entity.Property(s => s.Id).ValueGeneratedNever();
            entity.HasOne(s => s.Account).WithMany().HasForeignKey(s => s.AccountId);
        }
    }
}
