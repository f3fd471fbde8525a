using System.Globalization;

namespace CxSurveys.Scoring.Tests;

public sealed class DisplayTests
{
    [Theory]
    [InlineData(1.005, 2, "1.01")]      // 201/200; the nearest double is 1.00499999999999989
    [InlineData(-1.005, 2, "-1.01")]
    [InlineData(4.105, 2, "4.11")]
    [InlineData(0.285, 2, "0.29")]
    [InlineData(2.675, 2, "2.68")]
    [InlineData(1.004999, 2, "1.00")]
    [InlineData(-0.0, 0, "0")]
    [InlineData(-0.4, 0, "0")]
    [InlineData(1234567890.25, 1, "1234567890.3")]
    public void A_half_as_people_read_it_goes_away_from_zero(double value, int decimals, string text) =>
        Assert.Equal(text, Display.Text(value, decimals));

    [Fact]
    public void A_point_is_a_point_whatever_the_language()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("id-ID");
            Assert.Equal("-31.3", Display.Text(-31.25, 1));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, -1)]
    [InlineData(1, 7)]
    public void What_cannot_be_shown_is_an_error(double value, int decimals) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Display.Round(value, decimals));

    [Theory]
    [InlineData("nps;0..10;higher;+9,10;-0,1,2,3,4,5,6", 1)]
    [InlineData("csat;1..5;higher;+4,5;-1,2", 1)]
    [InlineData("ces;1..7;higher;+5,6,7;-1,2,3", 2)]
    [InlineData("rating;0..4;higher;+;-", 2)]
    public void Points_and_percent_have_one_decimal_and_means_two(string key, int decimals) =>
        Assert.Equal(decimals, Display.Decimals(MetricDefinition.Parse(key)));
}
