using CxSurveys.Web.Features.Branding;

namespace CxSurveys.Web.Tests.Branding;

public sealed class ColourTests
{
    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#ffffff", "#ffffff", 1)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#767676", "#ffffff", 4.54)]
    [InlineData("#0000ff", "#ffffff", 8.59)]
    public void Contrast_is_that_of_WCAG(string a, string b, double contrast) =>
        Assert.Equal(contrast, Colour.Parse(a)!.Value.ContrastWith(Colour.Parse(b)!.Value), 0.01);

    [Theory]
    [InlineData("#ffcc00")]
    [InlineData("#ff6600")]
    [InlineData("#00aaff")]
    [InlineData("#ff69b4")]
    [InlineData("#7fff00")]
    [InlineData("#ffffff")]
    [InlineData("#c0c0c0")]
    public void The_nearest_good_one_is_just_readable_and_of_the_same_hue(string pale)
    {
        var colour = Colour.Parse(pale)!.Value;
        Assert.True(colour.ContrastWith(Look.Paper) < Colour.Readable);
        var good = colour.ReadableOn(Look.Paper);
        Assert.InRange(good.ContrastWith(Look.Paper), Colour.Readable, 4.8);
        Assert.InRange(Hue(good) - Hue(colour), -12, 12);
        Assert.InRange(colour.ReadableOn(Look.Night, 7).ContrastWith(Look.Night), 7, 21);
    }

    [Fact]
    public void One_that_can_be_read_stays_as_it_is() => Assert.Equal("#1f5a45", Colour.Parse("#1F5A45")!.Value.ReadableOn(Look.Paper).ToString());

    [Fact]
    public void What_we_ship_can_be_read()
    {
        Assert.True(Colour.Parse(Look.Ours.Brand)!.Value.ContrastWith(Look.Paper) > Colour.Readable);
        Assert.True(Colour.Parse(Look.Ours.DarkBrand)!.Value.ContrastWith(Colour.Parse(Look.Ours.DarkOn)!.Value) > Colour.Readable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("#12345")]
    [InlineData("#12345g")]
    [InlineData("red")]
    [InlineData("#1234567")]
    [InlineData("#-12345")]
    [InlineData("# 12345")]
    [InlineData("}body{x:y")]
    public void Anything_else_is_no_colour(string text) => Assert.Null(Colour.Parse(text));

    // Of HSV, in degrees; greys have none.
    static double Hue(Colour colour)
    {
        double max = Math.Max(colour.Red, Math.Max(colour.Green, colour.Blue)), min = Math.Min(colour.Red, Math.Min(colour.Green, colour.Blue));
        if (max - min < 6) return 0;
        double hue = max == colour.Red ? (colour.Green - colour.Blue) / (max - min) : max == colour.Green ? 2 + (colour.Blue - colour.Red) / (max - min) : 4 + (colour.Red - colour.Green) / (max - min);
        return hue * 60;
    }
}
