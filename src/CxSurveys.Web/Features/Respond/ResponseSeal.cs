using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CxSurveys.Web.Features.Respond;

/// <summary>What a form, or the address of an answer, holds: the right to store, see and change this one response.</summary>
internal sealed record SealedResponse(Guid Id, int VersionId, DateTimeOffset SealedAt);

/// <summary>
/// Seals response ids for open links. An id alone, as lists and exports show it, opens nothing; a form's seal does not open
/// an answer's address, nor the other way round.
/// </summary>
public sealed class ResponseSeal(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a form may stay open before it is sent.</summary>
    public static readonly TimeSpan FormLifetime = TimeSpan.FromDays(30);

    const int GuidLength = 16;
    const int PlainLength = GuidLength + sizeof(int) + sizeof(long);
    const int LongestSeal = 1024;

    readonly IDataProtector forms = protection.CreateProtector("CxSurveys.Respond.Form");
    readonly IDataProtector kiosks = protection.CreateProtector("CxSurveys.Respond.Kiosk");
    readonly IDataProtector answers = protection.CreateProtector("CxSurveys.Respond.Answer");

    /// <summary>A seal for a form that nobody has sent yet.</summary>
    internal string NewForm(int versionId) => Close(forms, Guid.CreateVersion7(clock.GetUtcNow()), versionId);

    /// <summary>A pass to store any number of answers, and to change none.</summary>
    internal string Kiosk(int versionId) => Close(kiosks, Guid.CreateVersion7(clock.GetUtcNow()), versionId);

    internal DateTimeOffset Now => clock.GetUtcNow();

    internal string Answer(Guid id, int versionId) => Close(answers, id, versionId);

    /// <summary>Null when the seal was not made here, or was tampered with. An old one opens: the caller says that it expired.</summary>
    internal SealedResponse? OpenForm(string? seal) => Open(forms, seal);

    internal SealedResponse? OpenKiosk(string? seal) => Open(kiosks, seal);

    internal SealedResponse? OpenAnswer(string? seal) => Open(answers, seal);

    internal bool IsExpired(SealedResponse form) => clock.GetUtcNow() - form.SealedAt > FormLifetime;

    string Close(IDataProtector protector, Guid id, int versionId)
    {
        var plain = new byte[PlainLength];
        id.TryWriteBytes(plain, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(GuidLength), versionId);
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(GuidLength + sizeof(int)), clock.GetUtcNow().ToUnixTimeMilliseconds());
        return Base64Url.EncodeToString(protector.Protect(plain));
    }

    // Seals of earlier releases hold seconds: so few milliseconds were over in 1973.
    static DateTimeOffset Instant(long sealedAt) => sealedAt < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(sealedAt) : DateTimeOffset.FromUnixTimeMilliseconds(sealedAt);

    static SealedResponse? Open(IDataProtector protector, string? seal)
    {
        if (seal is null or { Length: > LongestSeal } || !Base64Url.IsValid(seal)) return null;
        try
        {
            var plain = protector.Unprotect(Base64Url.DecodeFromChars(seal)).AsSpan();
            return new SealedResponse(
                new Guid(plain[..GuidLength], bigEndian: true),
                BinaryPrimitives.ReadInt32BigEndian(plain[GuidLength..]),
                Instant(BinaryPrimitives.ReadInt64BigEndian(plain[(GuidLength + sizeof(int))..])));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
