using System.Collections;
using System.Reflection;
using CxSurveys.Browser.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace CxSurveys.Browser.Tests;

/// <summary>One browser for all tests; each test opens contexts of its own, which share nothing.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // The first rows are usual on Linux and macOS; a platform without a pinned browser takes what is installed.
    static readonly string[] Installed =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none"];

    IPlaywright? playwright;
    IBrowser? browser;

    public IBrowser Browser => browser ?? throw new InvalidOperationException("The browser has not been started.");

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = await Playwright.CreateAsync();
        var (path, unpacked) = Find();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args = Flags,
            Env = unpacked ? WithLibraries(Path.GetDirectoryName(path)!) : null,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A tab in a context of its own: no cookies, no storage, and a record of what it loaded.</summary>
    public async Task<Tab> OpenAsync(Uri address, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL = address.ToString();
        options.ReducedMotion = ReducedMotion.Reduce;
        var context = await Browser.NewContextAsync(options);
        context.SetDefaultTimeout(15_000);
        return await Tab.OpenAsync(context, address);
    }

    static (string Path, bool Unpacked) Find()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } chosen) return (chosen, false);

        string pinned = Path.Combine(Folder(), "chromium");
        if (File.Exists(pinned)) return (pinned, true);

        return Installed.FirstOrDefault(File.Exists) is { } installed
            ? (installed, false)
            : throw new InvalidOperationException($"No Chromium: none at {pinned}, none installed, and CHROMIUM_PATH is not set.");
    }

    static string Folder() =>
        typeof(Chromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ChromiumFolder").Value!;

    /// <summary>The pinned browser brings the libraries that a bare machine lacks.</summary>
    static Dictionary<string, string> WithLibraries(string folder)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "");
        environment["LD_LIBRARY_PATH"] = Path.Combine(folder, "al2023", "lib");
        if (!File.Exists("/etc/fonts/fonts.conf")) environment["FONTCONFIG_FILE"] = Path.Combine(folder, "fonts.conf");
        return environment;
    }
}
