namespace CxSurveys.Scoring.Tests;

public sealed class WithholdingTests
{
    public static TheoryData<string, long[], int, string, bool> Tables => new()
    {   // withheld rows are x; the flag is that of the total
        { "nothing small, nothing withheld", [5, 6, 7], 5, "...", false },
        { "one small row takes the smallest neighbour", [4, 50, 70], 5, "xx.", false },
        { "of equal neighbours the first", [9, 4, 9], 5, "xx.", false },
        { "two small rows hide each other", [4, 3, 60], 5, "xx.", false },
        { "two tiny rows do not: one answer each could be guessed", [1, 1, 60, 70], 5, "xxx.", false },
        { "a row without answers hides nobody", [0, 4, 9], 5, ".xx", false },
        { "a minimum of 1 withholds nothing", [1, 2, 0], 1, "...", false },
        { "the only row: the total is that row", [4], 5, "x", true },
        { "the only row with answers", [0, 4, 0], 5, ".x.", true },
        { "two rows below the minimum together", [2, 2], 5, "xx", true },
        { "the last neighbour suffices", [1, 5], 5, "xx", false },
        { "no rows, enough answers", [], 5, "", false },
        { "nobody answered", [0, 0], 5, "..", false },
    };

    [Theory, MemberData(nameof(Tables))]
    public void Rows_and_total_are_withheld_together(string why, long[] n, int minimumN, string rows, bool total)
    {
        Assert.True(rows == string.Concat(Withholding.Withhold(n, minimumN).Select(w => w ? 'x' : '.')), why);
        Assert.True(total == Withholding.WithholdTotal(n, n.Length == 0 ? minimumN : n.Sum(), minimumN), why);
    }

    [Theory]
    [InlineData(4, true)]       // the row itself
    [InlineData(5, false)]      // row and one unlisted answer hide each other, five together
    [InlineData(100, false)]
    public void Answers_the_rows_leave_out_hide_a_small_row(long totalN, bool withheld) =>
        Assert.Equal(withheld, Withholding.WithholdTotal([4], totalN, 5));

    [Fact]
    public void Of_customers_in_several_rows_the_total_has_fewer_than_the_rows() =>
        Assert.True(Withholding.WithholdTotal([3, 3], 4, 5));

    [Theory]
    [InlineData(50, false)]
    [InlineData(52, true)]
    [InlineData(55, false)]
    public void A_few_answers_the_rows_leave_out_are_hidden_with_the_total(long totalN, bool withheld) =>
        Assert.Equal(withheld, Withholding.WithholdTotal([30, 20], totalN, 5));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void A_total_that_stands_alone_is_withheld_below_the_minimum(long totalN, bool withheld) =>
        Assert.Equal(withheld, Withholding.WithholdTotal([], totalN, 5));

    [Fact]
    public void Negative_numbers_and_a_minimum_of_0_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Withholding.Withhold([1, -1], 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Withholding.Withhold([1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Withholding.WithholdTotal([1], -1, 5));
    }
}
