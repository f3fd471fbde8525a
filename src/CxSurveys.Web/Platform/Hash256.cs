using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CxSurveys.Web.Platform;

/// <summary>A SHA-256 as a key to look things up by, ordered as its bytes are.</summary>
internal readonly record struct Hash256(UInt128 High, UInt128 Low) : IComparable<Hash256>
{
    const int Half = 16;

    public static Hash256 Of(ReadOnlySpan<byte> hash) => new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[Half..]));

    public byte[] ToArray()
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(Half), Low);
        return bytes;
    }

    public int CompareTo(Hash256 other) => High.CompareTo(other.High) is var high and not 0 ? high : Low.CompareTo(other.Low);

    public override int GetHashCode() => (int)(uint)Low;
}
