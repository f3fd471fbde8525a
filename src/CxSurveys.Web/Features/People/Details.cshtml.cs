using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.People;

/// <summary>Everything known of one person, to read and to mend.</summary>
[Authorize(Policies.AdminPages)]
public sealed class DetailsModel(CxDbContext db, PeopleDirectory people, IValidator<PostedPerson> rules, TimeProvider clock) : PageModel
{
    [BindProperty] public PersonForm Form { get; set; } = new();

    /// <summary>The tick that says whose wish it is.</summary>
    [BindProperty] public bool OwnWish { get; set; }

    public Person Known { get; private set; } = null!;
    public string? OptedOut { get; private set; }
    public bool WishIsMissing { get; private set; }
    public bool IsSaved { get; private set; }
    public IDictionary<string, string[]> Problems { get; private set; } = new Dictionary<string, string[]>();

    public async Task<IActionResult> OnGetAsync(string key, [FromQuery] string? saved, CancellationToken ct)
    {
        if (!await FindAsync(key, ct)) return NotFound();
        IsSaved = saved is not null;
        Form = PersonForm.Of(Known);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string key, CancellationToken ct)
    {
        if (!await FindAsync(key, ct)) return NotFound();
        var errors = new Errors();
        if (Form.Read(Known.Key, rules, errors) is not { } given)
        {
            Problems = errors.ToDictionary();
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        // Only what changed is written: an opt-out or an import meanwhile keeps the rest.
        var person = await db.Set<Person>().SingleAsync(p => p.Id == Known.Id, ct);
        if (person.EmailConsent != given.Consent) db.Add(new ConsentChange { PersonId = person.Id, Channel = ConsentChange.Email, Given = given.Consent, At = clock.GetUtcNow(), Source = Origin.ByHand });
        (person.Email, person.Name, person.Language, person.TimeZone, person.EmailConsent) = (given.Email, given.Name, given.Language, given.TimeZone, given.Consent);
        person.Attributes = given.AllAttributes();
        await db.SaveChangesAsync(ct);
        return LocalRedirect(PersonAddress.Of(person) + "?saved");
    }

    public async Task<IActionResult> OnPostOptOutAsync(string key, CancellationToken ct)
    {
        if (!await FindAsync(key, ct)) return NotFound();
        await people.OptOutAsync(Known.Id, ct, Origin.ByHand);
        return LocalRedirect(PersonAddress.Of(Known));
    }

    public async Task<IActionResult> OnPostLetInAsync(string key, CancellationToken ct)
    {
        if (!await FindAsync(key, ct)) return NotFound();
        if (!OwnWish)
        {
            WishIsMissing = true;
            Form = PersonForm.Of(Known);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        await people.LetBackInAsync(Known.Id, ct);
        return LocalRedirect(PersonAddress.Of(Known));
    }

    async Task<bool> FindAsync(string key, CancellationToken ct)
    {
        if (await people.FindAsync(PersonAddress.KeyOf(HttpContext, key), ct) is not { } known) return false;
        Known = known;
        if (known.OptedOutAt is { } at) OptedOut = await LocalTimeAsync(at, ct);
        return true;
    }

    async Task<string> LocalTimeAsync(DateTimeOffset at, CancellationToken ct)
    {
        string zone = await db.Set<Organisation>().Select(o => o.TimeZone).SingleAsync(ct);
        return TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString("d MMM yyyy, HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }
}
