using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Branding;

/// <summary>How do customers recognise us?</summary>
[Authorize(Policies.AdminPages), RequestSizeLimit(LargestForm)]
public sealed class LookPageModel(Looks looks) : PageModel
{
    public const string Address = "/set-up/look";

    const int LargestForm = 2 * Picture.LargestBytes + 100_000;

    /// <summary>As typed: a colour that is none comes back for mending.</summary>
    public sealed record LookForm
    {
        public string? Colour { get; init; }
        public string? Font { get; init; }
        public bool RemoveLogo { get; init; }
        public IFormFile? Logo { get; init; }
    }

    [BindProperty] public LookForm Form { get; set; } = new();

    public bool Saved { get; private set; }
    public Look Now { get; private set; } = Look.Ours;

    /// <summary>The nearest colour that could be taken, where the one that was typed could not.</summary>
    public string? Nearest { get; private set; }

    public async Task OnGetAsync(bool saved, string? colour, CancellationToken ct)
    {
        Saved = saved;
        Now = await looks.GetAsync(ct);
        var stored = await looks.StoredAsync(ct);
        // A colour in the address is an offer that was taken up; it is stored by Save like any other.
        Form = new LookForm { Colour = Colour.Parse(colour)?.ToString() ?? stored?.Colour, Font = stored?.Font };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var colour = ColourOf(Form.Colour);
        var font = string.IsNullOrEmpty(Form.Font) ? null : Form.Font;
        if (font is not null && !Fonts.All.ContainsKey(font)) ModelState.AddModelError("Form.Font", "Choose one of the list.");
        var logo = await LogoOfAsync(ct);
        if (ModelState.IsValid)
        {
            await looks.SetAsync(colour?.ToString(), font, logo, ct);
            return LocalRedirect(Address + "?saved=true");
        }
        Now = await looks.GetAsync(ct);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    Colour? ColourOf(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        var text = typed.Trim();
        if (Colour.Parse(text.StartsWith('#') ? text : "#" + text) is not { } colour)
        {
            ModelState.AddModelError("Form.Colour", "Write the colour as # and six digits, for example #1f5a45.");
            return null;
        }
        if (colour.ContrastWith(Look.Paper) >= Colour.Readable) return colour;
        Nearest = colour.ReadableOn(Look.Paper).ToString();
        ModelState.AddModelError("Form.Colour", $"{colour} is too pale to be read on a light page: {colour.ContrastWith(Look.Paper):0.0} to 1, and text needs {Colour.Readable} to 1. The nearest that can be read is {Nearest}.");
        return null;
    }

    async Task<LogoChange> LogoOfAsync(CancellationToken ct)
    {
        if (Form.Logo is not { Length: > 0 } file) return Form.RemoveLogo ? LogoChange.Remove : LogoChange.Keep;
        string? problem = $"The file is too large: at most {Picture.LargestBytes / 1000} kB.";
        if (file.Length <= Picture.LargestBytes)
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, ct);
            if (Picture.Read(content.ToArray(), out problem) is { } picture) return new LogoChange(true, picture);
        }
        ModelState.AddModelError("Form.Logo", problem!);
        return LogoChange.Keep;
    }
}
