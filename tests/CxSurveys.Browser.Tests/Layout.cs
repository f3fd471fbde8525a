using Microsoft.Playwright;

namespace CxSurveys.Browser.Tests;

internal static class Layout
{
    const string Overhang = """
        () => {
            const root = document.documentElement, width = root.clientWidth;
            const clipped = [root, document.body].some(e => ["hidden", "clip"].includes(getComputedStyle(e).overflowX));
            if (clipped) return "html or body hides what is too wide";
            if (root.scrollWidth <= width) return "";
            const wide = [...document.body.querySelectorAll("*")].filter(e => {
                const box = e.getBoundingClientRect();
                return box.width > 0 && (box.right > width + 0.5 || box.left < -0.5);
            });
            const name = e => e.tagName.toLowerCase() + [...e.classList].map(c => "." + c).join("");
            return `${root.scrollWidth} px wide in ${width} px: ${wide.slice(0, 5).map(name).join(", ")}`;
        }
        """;

    /// <summary>The page itself never scrolls sideways; wide content scrolls in a box of its own.</summary>
    public static async Task AssertNoSidewaysScrollAsync(IPage page, string description)
    {
        string overhang = await page.EvaluateAsync<string>(Overhang);
        Assert.True(overhang.Length == 0, $"{description}: {overhang}");
    }

    /// <summary>Axe and no sideways scroll, on a desk and on the smallest phone, light and dark.</summary>
    public static async Task AssertFitForAllAsync(IPage page, string description)
    {
        foreach (int width in (int[])[1280, 320])
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            await AssertNoSidewaysScrollAsync(page, $"{description}, {width} px");
            await Axe.AssertCleanAsync(page, $"{description}, {width} px, light");
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await Axe.AssertColoursCleanAsync(page, $"{description}, {width} px, dark");
        }
    }
}
