using System.Security.Cryptography;
using CxSurveys.Web.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Channels;

/// <summary>What shared links are signed with: one row, sealed by the key ring. Printed codes live for years, so it is never changed.</summary>
public sealed class StoredLinkKey
{
    public const short OnlyId = 1;

    public short Id { get; init; } = OnlyId;
    public required byte[] Sealed { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<StoredLinkKey>
    {
        public void Configure(EntityTypeBuilder<StoredLinkKey> entity)
        {
            entity.ToTable("link_key", t => t.HasCheckConstraint("ck_link_key_one_row", "id = 1"));
            entity.Property(k => k.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>Makes the key at the first start and keeps it in memory.</summary>
public sealed class LinkKey(IServiceScopeFactory scopes, IDataProtectionProvider protection, ILogger<LinkKey> log) : IHostedService
{
    const int Length = 32;

    readonly IDataProtector seal = protection.CreateProtector("CxSurveys.Channels.LinkKey");

    public byte[] Value { get; private set; } = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        byte[] fresh = seal.Protect(RandomNumberGenerator.GetBytes(Length));
        // Of processes that start together one makes it, and all read what it made.
        await db.Database.ExecuteSqlAsync($"insert into link_key (id, sealed) values ({StoredLinkKey.OnlyId}, {fresh}) on conflict (id) do nothing", cancellationToken);
        var stored = await db.Set<StoredLinkKey>().SingleAsync(cancellationToken);
        if (Open(stored.Sealed) is { } key)
        {
            Value = key;
            return;
        }
        log.LogWarning("The key of shared links was sealed with another certificate. A new one is made: what printed codes say of touchpoint and segment is ignored from now on");
        stored.Sealed = fresh;
        await db.SaveChangesAsync(cancellationToken);
        Value = Open(fresh)!;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    byte[]? Open(byte[] stored)
    {
        try
        {
            return seal.Unprotect(stored);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
