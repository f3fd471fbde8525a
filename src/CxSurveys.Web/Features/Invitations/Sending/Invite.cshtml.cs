using System.Security.Cryptography;
using System.Text;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Sending;

/// <summary>Whom shall we ask? One person or a pasted list.</summary>
[Authorize(Policies.AdminPages)]
public sealed class InviteModel(CxDbContext db, Inviting inviting, PeopleDirectory people, IValidator<PostedPerson> rules) : PageModel
{
    /// <summary>What became of one line.</summary>
    public sealed record Outcome(PastedPerson Pasted, string? PersonKey, NotSent? NotSent, DateTimeOffset? Until, string? Problem);

    [BindProperty(Name = "survey")]
    public string? Survey { get; set; }

    [BindProperty(Name = "touchpoint")]
    public string? Touchpoint { get; set; }

    [BindProperty(Name = "people")]
    public string? Pasted { get; set; }

    /// <summary>Made anew with each form: the same form sent again asks nobody twice, also where no cap would stop it.</summary>
    [BindProperty(Name = "once")]
    public Guid? Once { get; set; }

    public IReadOnlyList<(string Key, string Name)> Surveys { get; private set; } = [];
    public IReadOnlyList<(string Key, string Name)> Touchpoints { get; private set; } = [];
    public IReadOnlyList<Outcome> Outcomes { get; private set; } = [];

    /// <summary>What is wrong, by field.</summary>
    public Dictionary<string, string> Wrong { get; } = [];

    public async Task OnGetAsync(string? survey, string? touchpoint, string? customer, CancellationToken ct)
    {
        (Survey, Touchpoint, Pasted, Once) = (survey, touchpoint, customer, Guid.NewGuid());
        await LoadAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        var list = PastedList.Read(Pasted ?? "");
        Check(list);
        if (Wrong.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        var outcomes = new List<Outcome>();
        var lines = new Dictionary<long, int>();
        foreach (var pasted in list) outcomes.Add(await AskAsync(pasted, lines, ct));
        Outcomes = outcomes;
        return Page();
    }

    void Check(IReadOnlyList<PastedPerson> list)
    {
        if (Surveys.All(s => s.Key != Survey)) Wrong["survey"] = "Choose a survey.";
        if (Touchpoint is not null && Touchpoints.All(t => t.Key != Touchpoint)) Wrong["touchpoint"] = "Choose one of the touchpoints, or none.";
        if (list.Count == 0) Wrong["people"] = "Enter at least one person.";
        else if (list.Count > PastedList.MostLines) Wrong["people"] = $"At most {PastedList.MostLines} people at a time; these are {list.Count}.";
    }

    /// <param name="lines">Where in the list each person stood first.</param>
    async Task<Outcome> AskAsync(PastedPerson pasted, Dictionary<long, int> lines, CancellationToken ct)
    {
        var (person, problem) = await PersonAsync(pasted, ct);
        if (person is null) return new Outcome(pasted, null, null, null, problem);
        if (!lines.TryAdd(person.Id, pasted.Line)) return new Outcome(pasted, null, null, null, $"The same person as in line {lines[person.Id]}.");
        var asked = await inviting.AskAsync(new AskRequest(Survey!, Touchpoint, person, null, IdFor(person)), ct);
        return new Outcome(pasted, person.Key, asked.NotSent, asked.Until, null);
    }

    Guid? IdFor(Person person) => Once is { } once
        ? new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{once}\n{Survey}\n{Touchpoint}\n{person.Id}")).AsSpan(0, 16))
        : null;

    async Task<(Person? Person, string? Problem)> PersonAsync(PastedPerson pasted, CancellationToken ct)
    {
        if (pasted is { Id: { } known, Email: null, Name: null, Language: null })
            return await people.FindAsync(known, ct) is { } found ? (found, null) : (null, $"Nobody with the id '{known}' is known. Add an address: {known}, name@example.com");

        if (pasted.Id is null && !TextRules.IsEmail(pasted.Email)) return (null, "Neither an id nor an email address stands in this line.");
        var posted = new PostedPerson { Id = pasted.Id ?? await KeyOfAsync(pasted.Email!, ct), Email = pasted.Email, Name = pasted.Name, Language = pasted.Language };
        var checkedPerson = await rules.ValidateAsync(posted, ct);
        if (!checkedPerson.IsValid) return (null, string.Join(" ", checkedPerson.Errors.Select(e => $"{e.PropertyName}: {e.ErrorMessage}")));
        return (await people.AddOrUpdateAsync(posted, ct), null);
    }

    // Who is only known by an address keeps the id they have; a new person's id is the address.
    async Task<string> KeyOfAsync(string email, CancellationToken ct) =>
        await db.Database.SqlQuery<string>($"select key as \"Value\" from person where lower(email) = lower({email}) order by id limit 1").FirstOrDefaultAsync(ct) ?? email.ToLowerInvariant();

    async Task LoadAsync(CancellationToken ct)
    {
        var surveys = await db.Set<Survey>().AsNoTracking().Where(s => s.CurrentVersionId != null && s.ClosedAt == null).OrderBy(s => s.Key).ToListAsync(ct);
        var touchpoints = await db.Set<Touchpoint>().AsNoTracking().Where(t => !t.Retired).OrderBy(t => t.Stage.Position).ThenBy(t => t.Position).Select(t => new { t.Key, t.Name }).ToListAsync(ct);
        Surveys = [.. surveys.Select(s => (s.Key, s.Draft.Name))];
        Touchpoints = [.. touchpoints.Select(t => (t.Key, t.Name))];
        if (Touchpoint is "") Touchpoint = null;
    }
}
