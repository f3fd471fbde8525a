using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Journey;

/// <summary>Which moments of the customer's way do we ask about? One form: every button but "Save" only changes what is on the page.</summary>
[Authorize(Policies.AdminPages), RequestSizeLimit(LargestForm), RequestFormLimits(ValueCountLimit = MostFields)]
public sealed class EditJourneyModel(ReplaceJourney replace, IValidator<JourneyDefinition> rules, CxDbContext db) : PageModel
{
    public const string Address = "/set-up/journey";

    // Some hundred touchpoints with eight fields each; the form grows with the journey.
    const int MostFields = 20_000;
    const long LargestForm = 4_000_000;

    /// <summary>From here on stages are folded, so that the page stays in sight.</summary>
    const int MostUnfolded = 40;

    [BindProperty] public JourneyForm Form { get; set; } = new();

    /// <summary>What the page says on top.</summary>
    public enum Notes { None, Saved, NotSavedYet, Mend, Usual, ChangedMeanwhile }

    public Notes Note { get; private set; }

    public int Removed { get; private set; }
    public int RetiredNow { get; private set; }
    public bool Folds => Form.TouchpointCount > MostUnfolded;

    /// <summary>What becomes of the rows that leave, by key; nothing of a row that cannot be told yet.</summary>
    public IReadOnlyDictionary<string, LeftOut> LeavingStages { get; private set; } = new Dictionary<string, LeftOut>();

    public IReadOnlyDictionary<string, LeftOut> LeavingTouchpoints { get; private set; } = new Dictionary<string, LeftOut>();

    internal StoredJourney Stored { get; private set; } = null!;

    /// <summary>Messages that belong to no row.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    public async Task OnGetAsync(bool saved, int removed, int retired, bool blank, CancellationToken ct)
    {
        Stored = await StoredJourney.ReadAsync(db, ct);
        Form = JourneyForm.Of(Stored.Offered);
        (Removed, RetiredNow) = (Math.Max(0, removed), Math.Max(0, retired));
        if (saved) Note = Notes.Saved;
        if (Form.Stages.Count > 0) return;

        if (!saved && !blank) Note = Notes.Usual;
        Form.Stages = Note == Notes.Usual
            ? [.. UsualStages.All.Select(s => new StageRow { Key = s.Key, Name = s.Name, KeyQuestion = s.KeyQuestion })]
            : [new StageRow()];
    }

    public async Task<IActionResult> OnPostAsync(string? act, CancellationToken ct)
    {
        if (!ModelState.IsValid) return BadRequest();
        Stored = await StoredJourney.ReadAsync(db, ct);
        var asked = JourneyFormAct.Parse(act);
        if (!asked.Apply(Form, Stored.Retired)) return BadRequest();
        if (asked.Name == JourneyFormAct.Save) return await SaveAsync(ct);

        Note = Notes.NotSavedYet;
        return await ShowAsync(ct);
    }

    async Task<IActionResult> SaveAsync(CancellationToken ct)
    {
        Form.FillKeys(Stored.StageKeys, Stored.TouchpointKeys);
        var errors = new Errors();
        var definition = Form.ToDefinition(errors);
        errors.Add(await rules.ValidateAsync(definition, ct));
        if (errors.Any)
        {
            Form.Tell(errors);
            Problems = [.. errors.ToDictionary().Where(e => !e.Key.Contains('[', StringComparison.Ordinal)).SelectMany(e => e.Value)];
            Response.StatusCode = StatusCodes.Status400BadRequest;
            Note = Notes.Mend;
            return await ShowAsync(ct);
        }
        if (await replace.RunAsync(definition, Form.Stamp ?? "", ct) is { } leftOut)
            return LocalRedirect($"{Address}?saved=true&removed={leftOut.Count(l => !l.Retired)}&retired={leftOut.Count(l => l.Retired)}");

        // Saved once more, the form replaces what the other admin made: the page says so first.
        db.ChangeTracker.Clear();
        Stored = await StoredJourney.ReadAsync(db, ct);
        Form.Stamp = Stored.Offered.Stamp();
        Response.StatusCode = StatusCodes.Status409Conflict;
        Note = Notes.ChangedMeanwhile;
        return await ShowAsync(ct);
    }

    async Task<PageResult> ShowAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (Form.AnyLeaves || Note == Notes.ChangedMeanwhile) await ForeseeAsync(ct);
        return Page();
    }

    async Task ForeseeAsync(CancellationToken ct)
    {
        var plan = Form.ToPlan();
        if (!(await rules.ValidateAsync(plan, ct)).IsValid) return;
        var leftOut = await replace.ForeseeAsync(plan, ct);
        LeavingStages = leftOut.Where(l => l.IsStage).ToDictionary(l => l.Key, StringComparer.Ordinal);
        LeavingTouchpoints = leftOut.Where(l => !l.IsStage).ToDictionary(l => l.Key, StringComparer.Ordinal);
    }
}
