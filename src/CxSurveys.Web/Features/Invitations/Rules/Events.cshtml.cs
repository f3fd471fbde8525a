using System.IO.Pipelines;
using System.Text;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>What do other systems tell us, and what came of it?</summary>
[Authorize(Policies.AdminPages), RequestSizeLimit(LargestFile), RequestFormLimits(MultipartBodyLengthLimit = LargestFile)]
public sealed class EventsModel(CxDbContext db, IServiceProvider services) : PageModel
{
    public const long LargestFile = 200L << 20;
    public const int MostShown = 50, MostRejected = 200;

    /// <param name="Waiting">Rules that will ask because of it.</param>
    /// <param name="Asked">Rules that asked.</param>
    /// <param name="NotAsked">Rules that did not, each with a reason.</param>
    public sealed record Row(string Id, string Type, string PersonKey, string? PersonName, DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt, string Data, long Waiting, long Asked, long NotAsked);

    [BindProperty(Name = "File")] public IFormFile? Sent { get; set; }

    public string? Type { get; private set; }
    public IReadOnlyList<string> Types { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public Organisation Company { get; private set; } = null!;
    public ImportProgress? Total { get; private set; }
    public List<RejectedLine> Rejected { get; } = [];
    public IDictionary<string, string[]> Problems { get; private set; } = new Dictionary<string, string[]>();

    public string At(DateTimeOffset instant) => CompanyDays.Minute(instant, Company.TimeZone);

    public async Task OnGetAsync([FromQuery] string? type, CancellationToken ct)
    {
        Type = string.IsNullOrWhiteSpace(type) || !TextRules.IsStorable(type) ? null : type.Trim();
        await LoadAsync(ct);
    }

    public async Task OnPostAsync(CancellationToken ct)
    {
        var wrong = new Errors();
        if (Sent is null or { Length: 0 }) wrong.Add("", "Choose a file that is not empty.");
        else
        {
            await using var content = Sent.OpenReadStream();
            var total = await services.GetRequiredService<ImportEvents>().RunAsync(PipeReader.Create(content), await IsCsvAsync(content, ct), line =>
            {
                if (Rejected.Count < MostRejected) Rejected.Add(line);
                return Task.CompletedTask;
            }, wrong, ct);
            if (!wrong.Any) Total = total;
        }
        Problems = wrong.ToDictionary();
        if (wrong.Any) Response.StatusCode = StatusCodes.Status400BadRequest;
        await LoadAsync(ct);
    }

    static async Task<bool> IsCsvAsync(Stream file, CancellationToken ct)
    {
        byte[] start = new byte[256];
        int length = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, ct);
        file.Position = 0;
        return !Encoding.UTF8.GetString(start, 0, length).TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('{');
    }

    async Task LoadAsync(CancellationToken ct)
    {
        Company = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        Types = await EventTypes.ReadAsync(db, ct);
        Rows = await (
            from e in db.Set<CustomerEvent>().AsNoTracking()
            where Type == null || e.Type == Type
            join p in db.Set<Person>() on e.PersonId equals p.Id
            orderby e.ReceivedAt descending, e.Id
            select new Row(e.Id, e.Type, p.Key, p.Name, e.OccurredAt, e.ReceivedAt, e.Data,
                db.Set<PlannedAsk>().LongCount(a => a.EventId == e.Id),
                db.Set<Invitation>().LongCount(i => i.EventId == e.Id && i.NotSent == null),
                db.Set<Invitation>().LongCount(i => i.EventId == e.Id && i.NotSent != null))).Take(MostShown).ToListAsync(ct);
    }
}
