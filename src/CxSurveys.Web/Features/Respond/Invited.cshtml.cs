using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Branding;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Responses;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Respond;

/// <summary>
/// An invited person's own page: the version they were asked, and once they answered, their answer, to be changed until the
/// change window ends. The secret in its address is all the right it takes.
/// </summary>
public sealed class InvitedModel(CxDbContext db, InvitationLinks links, VisitLog visits, ResponseReader responses, AnswerDesk desk, ThanksCatalog thanks) : CustomerPageModel(db)
{
    const string RetryAfterSeconds = "2";

    ThanksTexts? words;

    internal SurveyForm? Form { get; private set; }
    internal AnsweredView? Answered { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await FindAsync() is not var (invitation, stored)) return Tell(Notice.Unknown);
        await visits.AddAsync(invitation.Id, VisitKind.Answer, Aborted);
        if (stored is null && desk.IsClosed(invitation.Version)) return Tell(Notice.Closed);
        if (stored is not null) words = await thanks.OfAsync(invitation.Version.SurveyKey, Aborted);
        var filled = stored is null ? new Filled(Entries.Preselect(invitation.Version, Request.Query["score"])) : null;
        return Draw(invitation, stored, PageOf(invitation, stored, Request.Query[PageField]), Request.Query[PageField].Count > 0, filled);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not var (invitation, stored)) return Tell(Notice.Unknown);
        var (form, status) = await ReadFormAsync();
        if (form is null) return Tell(Notice.Unreadable(Address, status));

        var sent = Entries.Sent(form);
        var page = PageOf(invitation, stored, form[SurveyForm.PageField]);
        bool paged = invitation.Version.Pages.Count > 1;
        var answers = FormAnswers.Read(page, form, Language);
        if (answers.Errors.Count > 0) return Draw(invitation, stored, page, paged, new Filled(sent, answers.Errors, Texts["error.summary"]), StatusCodes.Status400BadRequest);
        int? next = page.Next(answers.Answers);
        if (stored is null && answers.Answers.Count == 0 && next is not null) return Continue(HereOn(next));

        switch (await desk.TakeAsync(new HandedIn(invitation.Id, page, Language, answers.Answers, invitation, form[SurveyForm.SeenField]), Company, Aborted))
        {
            case Handed.Saved: return Continue(next is null ? HereOn(null, finished: paged ? "1" : null) : HereOn(next));
            case Handed.Overtaken when await FindAsync() is var (_, now):
                return Draw(invitation, now, PageOf(invitation, now, form[SurveyForm.PageField]), paged, new Filled(sent, Problem: Texts["overtaken"]), StatusCodes.Status409Conflict);
            case Handed.Closed: return Tell(Notice.Closed);
            case Handed.Final: return Tell(Notice.TooLate(Address));
        }
        Response.Headers.RetryAfter = RetryAfterSeconds;
        return Draw(invitation, stored, page, paged, new Filled(sent, Problem: Texts["busy"]), StatusCodes.Status503ServiceUnavailable);
    }

    FormPage PageOf(OpenInvitation invitation, StoredResponse? stored, string? number) => stored is null
        ? FormPage.Of(invitation.Version, InvitedResponse.SegmentOf(invitation, Language, null), [], number)
        : FormPage.Of(invitation.Version, stored.Segment, stored.Answers, number);

    async Task<(OpenInvitation Invitation, StoredResponse? Stored)?> FindAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (await links.FindAsync(RouteText("secret"), Aborted) is not { } invitation) return null;
        Speak(invitation.Version.Definition.Languages, invitation.Person.Language);
        return (invitation, await responses.FindAsync(invitation.Id, Aborted));
    }

    IActionResult Draw(OpenInvitation invitation, StoredResponse? stored, FormPage page, bool asForm, Filled? filled, int status = StatusCodes.Status200OK)
    {
        var sheet = new AnswerSheet(page, Texts, Language, Company, invitation.Person.Name) { Thanks = words };
        if (stored is null) Form = sheet.Form(filled!, HereOn(page.Number > 1 ? page.Number : null), pageAt: number => HereOn(number));
        else if (asForm && desk.IsChangeable(stored, page.Version, Company))
            Form = sheet.Form(filled ?? new Filled(Entries.Stored(page.Version, stored.Answers)), HereOn(page.Number), seen: stored.Stamp, pageAt: number => HereOn(number));
        else Answered = sheet.Answered(stored, filled, Address, desk, number => HereOn(number), Request.Query.ContainsKey(FinishedField));
        return Show(Answered?.Title ?? Texts["form.title"], status);
    }

    string Address => $"{Request.Path}?lang={Uri.EscapeDataString(Language)}";
}
