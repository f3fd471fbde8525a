using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CxSurveys.Web.Platform;

/// <summary>Collects what is to be hashed: thousands are made a second, so it begins on the caller's stack.</summary>
internal ref struct Fingerprint(Span<byte> begin)
{
    /// <summary>Of the stack: enough for what is usual.</summary>
    public const int Usual = 512;

    Span<byte> bytes = begin;
    byte[]? rented;
    int length;

    public void Add(byte one) => Room(1)[0] = one;

    public void AddText(ReadOnlySpan<char> text) => length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length), taken: 0));

    public void AddDecimal(long number)
    {
        number.TryFormat(Room(20, taken: 0), out int written, default, CultureInfo.InvariantCulture);
        length += written;
    }

    public void AddBigEndian(int number) => BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), number);

    /// <summary>Of all that was added. Nothing can be added afterwards.</summary>
    public Hash256 Sha256()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        rented = null;
        length = 0;
        return Hash256.Of(hash);
    }

    Span<byte> Room(int size) => Room(size, size);

    Span<byte> Room(int size, int taken)
    {
        if (bytes.Length - length < size) Grow(size);
        var room = bytes.Slice(length, size);
        length += taken;
        return room;
    }

    void Grow(int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * bytes.Length, length + size));
        bytes[..length].CopyTo(larger);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        bytes = rented = larger;
    }
}
