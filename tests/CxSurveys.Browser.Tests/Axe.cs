using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CxSurveys.Browser.Tests;

internal static class Axe
{
    static readonly AxeRunOptions Options = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    /// <summary>No violation of WCAG 2.2 AA nor of axe's best practices.</summary>
    public static async Task AssertCleanAsync(IPage page, string description)
    {
        var result = await page.RunAxe(Options);
        Assert.NotEmpty(result.Passes);
        Assert.True(result.Violations.Length == 0, $"{description}:\n  {string.Join("\n  ", result.Violations.Select(Describe))}");
    }

    static string Describe(AxeResultItem rule) =>
        $"{rule.Id}: {rule.Help}\n    {string.Join("\n    ", rule.Nodes.Select(node => $"{node.Target}  {node.Html}"))}";
}
