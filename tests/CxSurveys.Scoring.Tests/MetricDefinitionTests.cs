namespace CxSurveys.Scoring.Tests;

public sealed class MetricDefinitionTests
{
    public static TheoryData<MetricKind, int?, int?, Direction?, string> Defaults => new()
    {
        { MetricKind.Nps, null, null, null, "nps;0..10;higher;+9,10;-0,1,2,3,4,5,6" },
        { MetricKind.Nps, 1, null, null, "nps;1..10;higher;+9,10;-1,2,3,4,5,6" },
        { MetricKind.Csat, null, null, null, "csat;1..5;higher;+4,5;-1,2" },
        { MetricKind.Csat, 1, 2, null, "csat;1..2;higher;+2;-1" },
        { MetricKind.Csat, 1, 3, null, "csat;1..3;higher;+3;-1" },
        { MetricKind.Csat, 1, 4, null, "csat;1..4;higher;+3,4;-1,2" },
        { MetricKind.Csat, 1, 7, null, "csat;1..7;higher;+6,7;-1,2" },
        { MetricKind.Csat, 1, 10, null, "csat;1..10;higher;+9,10;-1,2" },
        { MetricKind.Csat, 1, 5, Direction.Lower, "csat;1..5;lower;+1,2;-4,5" },
        { MetricKind.Ces, null, null, null, "ces;1..7;higher;+5,6,7;-1,2,3" },
        { MetricKind.Ces, 1, 5, Direction.Higher, "ces;1..5;higher;+4,5;-1,2" },
        { MetricKind.Ces, null, null, Direction.Lower, "ces;1..5;lower;+1,2;-4,5" },
        { MetricKind.Ces, 1, 7, Direction.Lower, "ces;1..7;lower;+1,2,3;-5,6,7" },
        { MetricKind.Rating, -5, 5, null, "rating;-5..5;higher;+;-" },
        { MetricKind.Rating, -1000, -900, Direction.Lower, "rating;-1000..-900;lower;+;-" },
    };

    [Theory, MemberData(nameof(Defaults))]
    public void What_is_left_out_is_the_default_of_the_kind(MetricKind kind, int? min, int? max, Direction? direction, string key)
    {
        var definition = MetricDefinition.Create(kind, min, max, direction);
        Assert.Equal(key, definition.Key);
        Assert.Equal(definition, MetricDefinition.Parse(key));
    }

    public static TheoryData<MetricKind, int?, int?, Direction?, int[]?, int[]?, string> Refused => new()
    {
        { (MetricKind)9, null, null, null, null, null, "kind" },
        { MetricKind.Nps, 2, 10, null, null, null, "scale.min" },
        { MetricKind.Nps, 0, 11, null, null, null, "scale.max" },
        { MetricKind.Nps, 0, 10, Direction.Lower, null, null, "scale.direction" },
        { MetricKind.Nps, 0, 10, null, [8, 9, 10], null, "scale.positive" },
        { MetricKind.Nps, 0, 10, null, null, [0, 1], "scale.negative" },
        { MetricKind.Csat, 0, 5, null, null, null, "scale.min" },
        { MetricKind.Csat, 1, 6, null, null, null, "scale.max" },
        { MetricKind.Csat, 1, 5, null, [], null, "scale.positive" },
        { MetricKind.Csat, 1, 5, null, [5, 6], null, "scale.positive" },
        { MetricKind.Csat, 1, 5, null, [5, 5], null, "scale.positive" },
        { MetricKind.Csat, 1, 5, null, [2, 5], null, "scale.positive" },
        { MetricKind.Csat, 1, 5, null, null, [0], "scale.negative" },
        { MetricKind.Csat, 1, 5, null, null, [4], "scale.negative" },
        { MetricKind.Csat, 1, 5, (Direction)7, null, null, "scale.direction" },
        { MetricKind.Ces, 0, 7, null, null, null, "scale.min" },
        { MetricKind.Ces, 1, 10, null, null, null, "scale.max" },
        { MetricKind.Rating, null, 5, null, null, null, "scale.min" },
        { MetricKind.Rating, 1, null, null, null, null, "scale.max" },
        { MetricKind.Rating, 5, 5, null, null, null, "scale.max" },
        { MetricKind.Rating, 0, 101, null, null, null, "scale.max" },
        { MetricKind.Rating, -1001, 0, null, null, null, "scale.min" },
        { MetricKind.Rating, 950, 1001, null, null, null, "scale.max" },
        { MetricKind.Rating, int.MinValue, int.MaxValue, null, null, null, "scale.min" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void What_cannot_be_names_the_member(
        MetricKind kind, int? min, int? max, Direction? direction, int[]? positive, int[]? negative, string member)
    {
        var refused = Assert.Throws<MetricDefinitionException>(() => MetricDefinition.Create(kind, min, max, direction, positive, negative));
        Assert.Equal(member, refused.Member);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sets_may_be_chosen_in_any_order()
    {
        var chosen = MetricDefinition.Create(MetricKind.Csat, positive: [5, 3, 4], negative: [1]);
        Assert.Equal("csat;1..5;higher;+3,4,5;-1", chosen.Key);
        Assert.Equal([3, 4, 5], chosen.Positive);
        Assert.Equal([1], chosen.Negative);
    }

    [Fact]
    public void Definitions_are_equal_when_they_say_the_same_and_only_then()
    {
        var usual = MetricDefinition.Create(MetricKind.Csat);
        Assert.Equal(usual, MetricDefinition.Create(MetricKind.Csat, 1, 5, Direction.Higher, [5, 4], [2, 1]));
        Assert.Equal(usual.GetHashCode(), MetricDefinition.Create(MetricKind.Csat, 1, 5).GetHashCode());
        Assert.NotEqual(usual, MetricDefinition.Create(MetricKind.Csat, positive: [5]));
        Assert.NotEqual(usual, MetricDefinition.Create(MetricKind.Csat, negative: [1]));
        Assert.NotEqual(usual, MetricDefinition.Create(MetricKind.Rating, 1, 5, Direction.Higher, [4, 5], [1, 2]));
    }

    [Theory]
    [InlineData(MetricKind.Nps, Statistic.NetPercent)]
    [InlineData(MetricKind.Csat, Statistic.PositivePercent)]
    [InlineData(MetricKind.Ces, Statistic.Mean)]
    [InlineData(MetricKind.Rating, Statistic.Mean)]
    public void The_statistic_follows_from_the_kind(MetricKind kind, Statistic statistic) =>
        Assert.Equal(statistic, (kind == MetricKind.Rating ? MetricDefinition.Create(kind, 0, 4) : MetricDefinition.Create(kind)).Statistic);

    [Theory]
    [InlineData("")]
    [InlineData("nps")]
    [InlineData("nps;0..10;higher;+9,10;-0,1,2,3,4,5")]
    [InlineData("nps;0..10;higher;+10,9;-0,1,2,3,4,5,6")]
    [InlineData("NPS;0..10;higher;+9,10;-0,1,2,3,4,5,6")]
    [InlineData("0;0..10;higher;+9,10;-0,1,2,3,4,5,6")]
    [InlineData("csat;1..5;higher;+4, 5;-1,2")]
    [InlineData("csat;01..5;higher;+4,5;-1,2")]
    [InlineData("csat;1..99999999999;higher;+4,5;-1,2")]
    [InlineData("csat;1..5;sideways;+4,5;-1,2")]
    [InlineData("csat;1..5;higher;+4,5")]
    [InlineData("csat;1..5;higher;4,5;1,2")]
    [InlineData("csat;1..5;higher;+4,5;-1,2;")]
    public void Only_the_canonical_text_is_read(string key) => Assert.Throws<FormatException>(() => MetricDefinition.Parse(key));
}
