using CxSurveys.Web.Features.Responses.Importing;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Tests.Responses;

public sealed class ProgressBarTests
{
    [Fact]
    public void It_is_drawn_over_itself_with_share_rate_and_what_became_of_the_lines()
    {
        using var output = new StringWriter();
        var bar = new ProgressBar(output, isTerminal: true, size: 2000, TimeProvider.System);
        bar.Show(new ImportProgress(1234, 1000, 200, 34), 500);
        bar.End(new ImportProgress(2000, 1700, 266, 34));
        string[] drawn = output.ToString().TrimEnd().Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("[######..................] 25 %  line 1,234, ", drawn[0], StringComparison.Ordinal);
        Assert.EndsWith("/s: accepted 1,000, duplicates 200, rejected 34", drawn[0], StringComparison.Ordinal);
        Assert.StartsWith("[########################] 100 %  line 2,000, ", drawn[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_stream_whose_end_nobody_knows_there_are_figures_without_a_bar_and_in_a_log_whole_lines()
    {
        using var output = new StringWriter();
        new ProgressBar(output, isTerminal: false, size: null, TimeProvider.System).Show(new ImportProgress(5, 5, 0, 0), 500);
        Assert.StartsWith("line 5, ", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(Environment.NewLine, output.ToString(), StringComparison.Ordinal);
    }
}
