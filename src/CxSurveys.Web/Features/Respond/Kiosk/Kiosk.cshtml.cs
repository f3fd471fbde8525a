using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Channels;
using CxSurveys.Web.Features.Respond.Guarding;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Respond.Kiosk;

/// <summary>
/// A device that many people answer on, one after the other. Its page carries a sealed pass; the device makes the ids, keeps what it
/// cannot send, and sends it later: an id is stored once, and no pass gives the right to change what is stored.
/// </summary>
public sealed class KioskModel(CxDbContext db, OpenLinks links, SurveyCatalog catalog, ResponseSeal seals, ResponseIntake intake) : OpenPageModel(db, links)
{
    /// <summary>Fields beside the answers; capitals are in no question's key.</summary>
    public const string IdField = "Id", AgeField = "Age", TakenField = "Taken";

    internal SurveyForm? Form { get; private set; }

    /// <summary>Where the device goes back to for the next person.</summary>
    public string Start => $"/s/{Survey}/kiosk{QueryString.Create(Link.Parameters)}";

    public async Task<IActionResult> OnGetAsync()
    {
        if (await NewestAsync() is not { } version) return Tell(Notice.Unknown);
        Speak(version.Definition.Languages);
        if (version.ClosedAt <= seals.Now) return Tell(Notice.Closed);
        Response.Headers.CacheControl = "private, no-cache";
        Form = new AnswerSheet(PageOf(version), Texts, Language, Company).Form(new Filled(new Dictionary<string, string[]>()), Link.Address($"/s/{Survey}/kiosk", Language), seals.Kiosk(version.Id));
        return Show(Texts["form.title"]);
    }

    /// <summary>204 = stored, now or before; 503 = send it again; anything else will not become better by itself.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (await NewestAsync() is not { } newest) return Tell(Notice.Unknown);
        Speak(newest.Definition.Languages);
        var (form, status) = await ReadFormAsync();
        if (form is null) return Tell(Notice.Unreadable(Start, status));
        if (await CheckAsync(form) is not { } response) return Tell(Notice.Unreadable(Start));
        if (newest.ClosedAt <= response.SubmittedAt) return Tell(Notice.Closed);
        return await StoreAsync(response) switch
        {
            Intake.Stored or Intake.SameAgain => StatusCode(StatusCodes.Status204NoContent),
            Intake.Busy => Busy(),
            _ => Tell(Notice.Unreadable(Start, StatusCodes.Status409Conflict)),
        };
    }

    // Only a signed link makes a kiosk: on this way answers are neither timed nor proven.
    async Task<PublishedVersion?> NewestAsync() =>
        Link is { IsSigned: true, Context.Channel: Channel.Kiosk } ? await catalog.NewestAsync(Survey, Aborted) : null;

    async Task<NewResponse?> CheckAsync(IFormCollection form)
    {
        if (seals.OpenKiosk(form[SurveyForm.SealField]) is not { } pass || seals.IsExpired(pass)
            || await catalog.VersionAsync(pass.VersionId, Aborted) is not { } version || version.SurveyKey != Survey
            || !Guid.TryParseExact(form[IdField], "D", out var id) || id == Guid.Empty) return null;
        var answers = FormAnswers.Read(PageOf(version), form, Language);
        return answers.Errors.Count > 0 ? null : New(id, version, pass, form, answers.Answers);
    }

    NewResponse New(Guid id, PublishedVersion version, SealedResponse pass, IFormCollection form, IReadOnlyList<NewAnswer> answers)
    {
        // The device's clock may be wrong, but it knows how long ago it was; not before it had its pass.
        var given = seals.Now - (Milliseconds(form[AgeField]) ?? TimeSpan.Zero);
        return new NewResponse
        {
            Id = id,
            Version = version,
            TouchpointId = Link.TouchpointId,
            Segment = Link.SegmentIn(Language),
            SubmittedAt = given < pass.SealedAt ? pass.SealedAt : given,
            Flags = Milliseconds(form[TakenField]) is { } taken ? AnswerGuard.Speed(taken, answers.Count) : ResponseFlags.None,
            ContextHash = SHA256.HashData(Encoding.UTF8.GetBytes($"kiosk:{version.Id}")),
            Answers = answers,
        };
    }

    // All questions on one page: follow-ups appear by its own rules, also where nobody can be asked which page comes next.
    FormPage PageOf(PublishedVersion version) => new(
        version.Pages.Count == 1 ? version : new PublishedVersion(version.Id, version.Number, version.SurveyKey, version.ClosedAt, version.Definition with { Questions = [.. version.Definition.Questions.Select(q => q with { NewPage = false })] }, version.Questions),
        Link.SegmentIn(Language), [], 1);

    static TimeSpan? Milliseconds(string? text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : null;

    async Task<Intake> StoreAsync(NewResponse response)
    {
        try
        {
            return await intake.StoreAsync(response);
        }
        catch (Exception e) when (DatabaseFailure.MayPass(e))
        {
            return Intake.Busy;
        }
    }

    StatusCodeResult Busy()
    {
        Response.Headers.RetryAfter = "2";
        return StatusCode(StatusCodes.Status503ServiceUnavailable);
    }
}
