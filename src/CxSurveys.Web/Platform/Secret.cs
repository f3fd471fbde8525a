using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace CxSurveys.Web.Platform;

/// <summary>32 random bytes that go into a link or a header; the database keeps only their hash.</summary>
public static class Secret
{
    /// <summary>Characters of a secret: 32 bytes in base64url.</summary>
    public const int Length = 43;

    public static string Create() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    // With 256 random bits nothing is left to guess: a plain hash is enough, and it can be looked up.
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
