using QRCoder;

namespace CxSurveys.Web.Features.Channels;

/// <summary>An address as a code to scan; a quarter of it may be dirty or torn.</summary>
internal static class QrCode
{
    const int PixelsPerModule = 16;

    public static string Svg(Uri address)
    {
        using var data = Data(address);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    public static byte[] Png(Uri address)
    {
        using var data = Data(address);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(PixelsPerModule);
    }

    static QRCodeData Data(Uri address) => QRCodeGenerator.GenerateQrCode(address.AbsoluteUri, QRCodeGenerator.ECCLevel.Q);
}
