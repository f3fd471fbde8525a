using System.Globalization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>One rule: a new one, or one to change.</summary>
[Authorize(Policies.AdminPages)]
public sealed class EditRuleModel(CxDbContext db, TimeProvider clock) : PageModel
{
    const string New = "new";

    [BindProperty] public RuleForm Form { get; set; } = new();

    /// <summary>Null of a new one.</summary>
    public SendingRule? Known { get; private set; }

    public bool IsSaved { get; private set; }
    public IReadOnlyList<(string Key, string Name)> Surveys { get; private set; } = [];
    public IReadOnlyList<(string Key, string Name)> Touchpoints { get; private set; } = [];

    /// <summary>Kinds of event that came.</summary>
    public IReadOnlyList<string> Types { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, string? saved, CancellationToken ct)
    {
        if (id != New && await FindAsync(id, ct) is null) return NotFound();
        IsSaved = saved is not null;
        await LoadAsync(ct);
        if (Known is { } rule)
        {
            string survey = await db.Set<Survey>().Where(s => s.Id == rule.SurveyId).Select(s => s.Key).SingleAsync(ct);
            string? touchpoint = await db.Set<Touchpoint>().Where(t => t.Id == rule.TouchpointId).Select(t => t.Key).SingleOrDefaultAsync(ct);
            Form = RuleForm.Of(rule, survey, touchpoint);
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        ModelState.Clear();
        if (id != New && await FindAsync(id, ct) is null) return NotFound();
        var errors = new Errors();
        var rule = Known ?? new SendingRule { Name = "", SurveyId = 0, CreatedAt = clock.GetUtcNow() };
        bool wasSchedule = rule.IsSchedule;
        Form.Write(rule, errors);
        await PlaceAsync(rule, errors, ct);
        if (errors.Any)
        {
            db.ChangeTracker.Clear();
            foreach (var (field, messages) in errors.ToDictionary()) ModelState.AddModelError(field, messages[0]);
            await LoadAsync(ct);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        if (rule.IsSchedule && !wasSchedule) rule.PlannedThrough = ScheduleRound.Through(clock.GetUtcNow());
        if (Known is null) db.Add(rule);
        await db.SaveChangesAsync(ct);
        return LocalRedirect($"{RulesModel.Address}/{rule.Id}?saved");
    }

    async Task PlaceAsync(SendingRule rule, Errors errors, CancellationToken ct)
    {
        if (await db.Set<Survey>().Where(s => s.Key == Form.Survey).Select(s => (int?)s.Id).SingleOrDefaultAsync(ct) is { } survey) rule.SurveyId = survey;
        else errors.Add("survey", "Choose a survey.");
        rule.TouchpointId = null;
        if (string.IsNullOrEmpty(Form.Touchpoint)) return;
        rule.TouchpointId = await db.Set<Touchpoint>().Where(t => t.Key == Form.Touchpoint).Select(t => (int?)t.Id).SingleOrDefaultAsync(ct);
        if (rule.TouchpointId is null) errors.Add("touchpoint", "Choose one of the touchpoints, or none.");
    }

    async Task<SendingRule?> FindAsync(string id, CancellationToken ct) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? Known = await db.Set<SendingRule>().SingleOrDefaultAsync(r => r.Id == number, ct) : null;

    async Task LoadAsync(CancellationToken ct)
    {
        var surveys = await db.Set<Survey>().AsNoTracking().OrderBy(s => s.Key).ToListAsync(ct);
        var touchpoints = await db.Set<Touchpoint>().AsNoTracking().Where(t => !t.Retired).OrderBy(t => t.Stage.Position).ThenBy(t => t.Position).Select(t => new { t.Key, t.Name }).ToListAsync(ct);
        Surveys = [.. surveys.Select(s => (s.Key, s.Draft.Name))];
        Touchpoints = [.. touchpoints.Select(t => (t.Key, t.Name))];
        Types = await EventTypes.ReadAsync(db, ct);
    }
}
