using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CxSurveys.Browser.Tests;

internal static class Axe
{
    static readonly AxeRunOptions Everything = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    static readonly AxeRunOptions Colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };

    /// <summary>No violation of WCAG 2.2 AA nor of axe's best practices.</summary>
    public static Task AssertCleanAsync(IPage page, string description) => AssertCleanAsync(page, description, Everything);

    /// <summary>The rules that another colour scheme can break; the others look at markup and sizes.</summary>
    public static Task AssertColoursCleanAsync(IPage page, string description) => AssertCleanAsync(page, description, Colours);

    static async Task AssertCleanAsync(IPage page, string description, AxeRunOptions options)
    {
        var result = await page.RunAxe(options);
        Assert.True(result.Passes.Length + result.Violations.Length > 0, $"{description}: no rule found anything to look at.");
        Assert.True(result.Violations.Length == 0, $"{description}:\n  {string.Join("\n  ", result.Violations.Select(Describe))}");
    }

    static string Describe(AxeResultItem rule) =>
        $"{rule.Id}: {rule.Help}\n    {string.Join("\n    ", rule.Nodes.Select(node => $"{node.Target}  {node.Html}"))}";
}
