using System.Security.Cryptography;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Branding;

/// <summary>The look as pages use it, in light and dark.</summary>
/// <param name="LogoPath">Where the logo is; null = the company's name stands there.</param>
public sealed record Look(string Brand, string On, string DarkBrand, string DarkOn, string Font, string? LogoPath)
{
    public static readonly Look Ours = new("#1f5a45", "#ffffff", "#8fd0b3", "#0e1a14", Fonts.Device, null);

    /// <summary>The grounds of customers' pages.</summary>
    public static readonly Colour Paper = new(0xf6, 0xf7, 0xf6), Night = new(0x18, 0x20, 0x1c);

    const double NightContrast = 7;

    internal static Look Of(CompanyLook stored)
    {
        var look = Ours with { Font = stored.Font is { } font && Fonts.All.TryGetValue(font, out var known) ? known.Stack : Fonts.Device, LogoPath = stored.Logo is null ? null : $"/look/logo/{HashOf(stored.Logo)}" };
        return Colour.Parse(stored.Colour) is { } colour ? look with { Brand = colour.ToString(), DarkBrand = colour.ReadableOn(Night, NightContrast).ToString() } : look;
    }

    internal static string HashOf(byte[] logo) => Convert.ToHexStringLower(SHA256.HashData(logo).AsSpan(0, 12));
}

/// <summary>Keeps the look in memory, and changes it.</summary>
public sealed class Looks(IServiceScopeFactory scopes, TimeProvider clock)
{
    readonly Cached<Kept> cache = new(clock);

    sealed record Kept(Look Look, CompanyLook? Stored);

    public async ValueTask<Look> GetAsync(CancellationToken ct) => (await cache.GetAsync(ReadAsync, ct)).Look;

    public async ValueTask<CompanyLook?> StoredAsync(CancellationToken ct) => (await cache.GetAsync(ReadAsync, ct)).Stored;

    /// <summary>Replaces colour and font; the logo too where <paramref name="logo"/> says so.</summary>
    public async Task SetAsync(string? colour, string? font, LogoChange logo, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        var stored = await db.Set<CompanyLook>().SingleOrDefaultAsync(ct) ?? db.Add(new CompanyLook()).Entity;
        (stored.Colour, stored.Font) = (colour, font);
        if (logo.Replaces) (stored.Logo, stored.LogoType) = (logo.Picture?.Content, logo.Picture?.Type);
        await db.SaveChangesAsync(ct);
        cache.Invalidate();
    }

    async Task<Kept> ReadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<CxDbContext>().Set<CompanyLook>().AsNoTracking().SingleOrDefaultAsync(ct);
        return new Kept(stored is null ? Look.Ours : Look.Of(stored), stored);
    }
}

/// <summary>A new logo, none any more (replaces by nothing), or the one there is.</summary>
public sealed record LogoChange(bool Replaces, Picture? Picture)
{
    public static readonly LogoChange Keep = new(false, null), Remove = new(true, null);
}
