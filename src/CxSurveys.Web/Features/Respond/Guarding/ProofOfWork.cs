using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace CxSurveys.Web.Features.Respond.Guarding;

/// <summary>
/// Proof of work (after Back, Hashcash, 2002): a number that, behind the challenge and a colon, has a SHA-256 with so many leading zero bits.
/// The challenge is the form's own, and a form is stored once: no proof serves twice.
/// </summary>
/// <param name="Text">What is hashed before the colon.</param>
/// <param name="Bits">Leading zero bits that are asked for.</param>
public sealed record ProofOfWork(string Text, int Bits)
{
    /// <summary>The hidden field; capitals are in no question's key.</summary>
    public const string Field = "Proof";

    const int TextBytes = 16, LongestNumber = 16;

    public static ProofOfWork Of(string seal, int bits) => new(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(seal)).AsSpan(0, TextBytes)), bits);

    public bool IsMetBy(string? number)
    {
        if (number is null or { Length: 0 or > LongestNumber } || !ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return false;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Text}:{number}"));
        return BitOperations.LeadingZeroCount(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash)) >= Bits;
    }
}
