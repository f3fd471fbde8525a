using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Branding;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Channels;
using CxSurveys.Web.Tests.Respond;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Branding;

public sealed partial class LookTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    /// <summary>One pixel.</summary>
    static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    readonly CancellationToken ct = TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.PublishOrderAsync();
        await app.Services.GetRequiredService<Looks>().SetAsync(null, null, LogoChange.Remove, ct);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task<(HttpStatusCode Status, string Html)> SaveAsync(string colour, string font = "", byte[]? logo = null, bool remove = false)
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        string token = Token().Match(await admin.ReadAsync("/set-up/look")).Groups[1].Value;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__form" }, { new StringContent(colour), "Form.Colour" }, { new StringContent(font), "Form.Font" }, { new StringContent(remove ? "true" : "false"), "Form.RemoveLogo" },
        };
        if (logo is not null) form.Add(new ByteArrayContent(logo) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "Form.Logo", "../../logo.svg");
        using var answer = await admin.Client.PostAsync("/set-up/look", form, ct);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(ct)));
    }

    [Fact]
    public async Task Colour_font_and_logo_are_on_the_customers_page_in_light_and_dark()
    {
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync("#8a1c4a", "serif", Png)).Status);
        var page = await app.Anonymous.OpenAsync("/s/order");
        Assert.Contains("--brand:#8a1c4a;--on:#ffffff;", page.Html, StringComparison.Ordinal);
        Assert.Contains("Charter", page.Html, StringComparison.Ordinal);
        var dark = Colour.Parse(DarkBrand().Match(page.Html).Groups[1].Value)!.Value;
        Assert.True(dark.ContrastWith(Look.Night) >= 7);
        var path = LogoPath().Match(page.Html).Groups[1].Value;
        using var logo = await app.Anonymous.GetAsync(path, ct);
        Assert.Equal(("image/png", "nosniff"), (logo.Content.Headers.ContentType?.MediaType, logo.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Equal(Png, await logo.Content.ReadAsByteArrayAsync(ct));

        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync("", remove: true)).Status);
        Assert.DoesNotContain("<img", (await app.Anonymous.OpenAsync("/s/order")).Html, StringComparison.Ordinal);
        using var gone = await app.Anonymous.GetAsync(path, ct);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_pale_colour_is_refused_with_the_nearest_good_one()
    {
        var (status, html) = await SaveAsync("#ffcc00");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        var nearest = Colour.Parse(Offer().Match(html).Groups[1].Value)!.Value;
        Assert.True(nearest.ContrastWith(Look.Paper) >= Colour.Readable);
        Assert.Contains(Look.Ours.Brand, (await app.Anonymous.OpenAsync("/s/order")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(nearest.ToString())).Status);
    }

    [Theory]
    [InlineData("red")]
    [InlineData("#fff")]
    [InlineData("#1f5a45;}body{display:none}")]
    [InlineData("url(javascript:alert(1))")]
    public async Task What_is_no_colour_is_refused_and_stored_nowhere(string colour)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await SaveAsync(colour)).Status);
        Assert.Contains($"--brand:{Look.Ours.Brand}", (await app.Anonymous.OpenAsync("/s/order")).Html, StringComparison.Ordinal);
    }

    public static TheoryData<byte[], string> BadLogos => new()
    {
        { Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"), "Not a PNG or JPEG" },
        { Encoding.UTF8.GetBytes("GIF89a................................................"), "Not a PNG or JPEG" },
        { [.. Png[..16], 0, 0, 0x20, 0, .. Png[20..]], "8192 by 1 pixels" },
        { [.. Png[..20]], "Not a PNG or JPEG" },
        { [.. Png, .. new byte[Picture.LargestBytes]], "too large" },
    };

    [Theory, MemberData(nameof(BadLogos))]
    public async Task What_is_no_small_picture_is_refused(byte[] logo, string words)
    {
        var (status, html) = await SaveAsync("", logo: logo);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", (await app.Anonymous.OpenAsync("/s/order")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_jpeg_tells_its_size_in_its_frame()
    {
        byte[] jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 11, 8, 0, 40, 0, 120, 1, 1, 0x11, 0, 0xff, 0xd9];
        var picture = Picture.Read(jpeg, out _)!;
        Assert.Equal(("image/jpeg", 120, 40), (picture.Type, picture.Width, picture.Height));
    }

    [GeneratedRegex("name=\"__form\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("dark\\) ?\\{:root\\{--brand:(#[0-9a-f]{6})")]
    private static partial Regex DarkBrand();

    [GeneratedRegex("<img src=\"(/look/logo/[0-9a-f]+)\"")]
    private static partial Regex LogoPath();

    [GeneratedRegex("Take (#[0-9a-f]{6})")]
    private static partial Regex Offer();
}
