using System.Buffers.Binary;

namespace CxSurveys.Web.Features.Branding;

/// <summary>An uploaded picture whose bytes say themselves what it is. No SVG: that is a document that can hold scripts.</summary>
public sealed record Picture(byte[] Content, string Type, int Width, int Height)
{
    public const int LargestBytes = 200_000, LargestSide = 2000;

    /// <summary>Null when <paramref name="problem"/> says why it is not taken.</summary>
    public static Picture? Read(byte[] content, out string? problem)
    {
        problem = null;
        if (content.Length > LargestBytes) problem = $"The file is too large: at most {LargestBytes / 1000} kB.";
        else if (Find(content) is not { } picture) problem = "Not a PNG or JPEG picture. Export the logo as PNG, which also keeps what is transparent.";
        else if (picture.Width is 0 or > LargestSide || picture.Height is 0 or > LargestSide) problem = $"The picture is {picture.Width} by {picture.Height} pixels; at most {LargestSide} on each side.";
        else return picture;
        return null;
    }

    static Picture? Find(byte[] content) => Png(content) ?? Jpeg(content);

    // Signature, then the chunk IHDR with width and height; the chunk IEND ends it.
    static Picture? Png(ReadOnlySpan<byte> content)
    {
        if (content.Length < 45 || !StartsAsPng(content) || !content[12..16].SequenceEqual("IHDR"u8) || !content[^8..^4].SequenceEqual("IEND"u8)) return null;
        return new Picture(content.ToArray(), "image/png", BinaryPrimitives.ReadInt32BigEndian(content[16..]), BinaryPrimitives.ReadInt32BigEndian(content[20..]));
    }

    static bool StartsAsPng(ReadOnlySpan<byte> content) => content[0] == 0x89 && content[1..8].SequenceEqual("PNG\r\n\x1a\n"u8);

    // Segments until a frame header, which holds height and width; FF D9 ends it.
    static Picture? Jpeg(ReadOnlySpan<byte> content)
    {
        if (content.Length < 20 || content[0] != 0xff || content[1] != 0xd8 || content[^2] != 0xff || content[^1] != 0xd9) return null;
        for (int at = 2; at + 9 < content.Length && content[at] == 0xff;)
        {
            byte marker = content[at + 1];
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
                return new Picture(content.ToArray(), "image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(content[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(content[(at + 5)..]));
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]);
        }
        return null;
    }
}
