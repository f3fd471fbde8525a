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

    // A radio button is as large as its label; a link inside a sentence is as high as its line.
    const string Small = """
        () => [...document.querySelectorAll("a,button,summary,textarea,select,input:not([type=hidden])")].map(e => {
            const shown = e.matches("[type=radio],[type=checkbox]") ? e.closest("label") ?? e : e, box = shown.getBoundingClientRect();
            const inSentence = e.localName === "a" && getComputedStyle(e).display === "inline";
            const seen = e.checkVisibility() && !e.closest(".hp,.skip");
            return seen && !inSentence && (box.width < 43.9 || box.height < 43.9) ? `${e.localName} "${(e.name || e.textContent).trim().slice(0, 20)}" ${box.width.toFixed(0)} x ${box.height.toFixed(0)}` : "";
        }).filter(found => found).join(", ")
        """;

    // Backgrounds are the reader's then: a button needs an edge, and what is chosen another look than what is not.
    const string Unclear = """
        () => {
            const flat = [...document.querySelectorAll("button,a.b")].filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) < 1).map(e => e.textContent.trim());
            const scale = document.querySelector(".g:has(input)"), [one, other] = scale ? [...scale.querySelectorAll("input")] : [];
            if (!other) return flat.join(", ");
            other.click();
            const look = e => { const style = getComputedStyle(e.nextElementSibling); return style.backgroundColor + style.color + style.borderTopColor; };
            return [...flat, ...(look(one) === look(other) ? ["a chosen answer"] : [])].join(", ");
        }
        """;

    /// <summary>On the smallest phone, which is a desk at 400 %, a thumb hits everything: 44 px; and everything can be told in the reader's own colours.</summary>
    public static async Task AssertForThumbsAsync(IPage page, string description)
    {
        await page.SetViewportSizeAsync(320, 900);
        string small = await page.EvaluateAsync<string>(Small);
        Assert.True(small.Length == 0, $"{description}: smaller than 44 px: {small}");
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        string unclear = await page.EvaluateAsync<string>(Unclear);
        Assert.True(unclear.Length == 0, $"{description}: in the reader's own colours there is no telling {unclear}");
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
    }

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
