using System.Globalization;

namespace CxSurveys.Web.Features.Branding;

/// <summary>A colour of the screen (sRGB, 8 bits a part).</summary>
/// <remarks>Contrast: WCAG 2.2, 1.4.3. Lightness is changed in OKLCH (Ottosson, 2020), where hue stays what the eye calls the same.</remarks>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>What text needs against its ground.</summary>
    public const double Readable = 4.5;

    const double Step = 0.004;

    /// <summary>From <c>#rrggbb</c>; null when it is something else.</summary>
    public static Colour? Parse(string? text) =>
        text is ['#', .. { Length: 6 } digits] && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            ? new Colour((byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : null;

    /// <summary>1 (the same) to 21 (black on white).</summary>
    public double ContrastWith(Colour other)
    {
        double a = Luminance, b = other.Luminance;
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>The nearest colour of the same hue that can be read on this ground: darker on a light one, lighter on a dark one; itself where it can.</summary>
    public Colour ReadableOn(Colour ground, double contrast = Readable)
    {
        var (lightness, chroma, hue) = ToLch();
        double step = ground.Luminance > 0.18 ? -Step : Step;
        var colour = this;
        while (colour.ContrastWith(ground) < contrast && lightness is >= 0 and <= 1)
        {
            lightness += step;
            colour = FromLch(lightness, chroma, hue);
        }
        return colour;
    }

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    static double Linear(byte part) => part / 255.0 is var p && p <= 0.04045 ? p / 12.92 : Math.Pow((p + 0.055) / 1.055, 2.4);

    static double Encoded(double part) => part <= 0.0031308 ? part * 12.92 : 1.055 * Math.Pow(part, 1 / 2.4) - 0.055;

    (double Lightness, double Chroma, double Hue) ToLch()
    {
        double r = Linear(Red), g = Linear(Green), b = Linear(Blue);
        double l = Math.Cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = Math.Cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = Math.Cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        double lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
        double x = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
        double y = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
        return (lightness, Math.Sqrt(x * x + y * y), Math.Atan2(y, x));
    }

    // A screen cannot show every chroma at every lightness: the most it can is taken.
    static Colour FromLch(double lightness, double chroma, double hue)
    {
        for (; ; chroma = chroma < 0.001 ? 0 : chroma * 0.97)
        {
            var (r, g, b) = ToLinear(lightness, chroma * Math.Cos(hue), chroma * Math.Sin(hue));
            if (chroma > 0 && (Math.Min(r, Math.Min(g, b)) < -0.0001 || Math.Max(r, Math.Max(g, b)) > 1.0001)) continue;
            return new Colour(Part(r), Part(g), Part(b));
        }
    }

    static (double Red, double Green, double Blue) ToLinear(double lightness, double x, double y)
    {
        double l = Math.Pow(lightness + 0.3963377774 * x + 0.2158037573 * y, 3);
        double m = Math.Pow(lightness - 0.1055613458 * x - 0.0638541728 * y, 3);
        double s = Math.Pow(lightness - 0.0894841775 * x - 1.2914855480 * y, 3);
        return (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    static byte Part(double linear) => (byte)Math.Round(255 * Encoded(Math.Clamp(linear, 0, 1)));
}
