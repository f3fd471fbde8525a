using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Responses;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Respond;

/// <summary>
/// An invited person's own page: the version they were asked, and once they answered, their answer, to be changed until the
/// change window ends. The secret in its address is all the right it takes.
/// </summary>
public sealed class InvitedModel(CxDbContext db, InvitationLinks links, VisitLog visits, ResponseReader responses, AnswerDesk desk) : CustomerPageModel(db)
{
    const string RetryAfterSeconds = "2";

    internal SurveyForm? Form { get; private set; }
    internal AnsweredView? Answered { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await FindAsync() is not var (invitation, stored)) return Tell(Notice.Unknown);
        await visits.AddAsync(invitation.Id, VisitKind.Answer, Aborted);
        if (stored is null && desk.IsClosed(invitation.Version)) return Tell(Notice.Closed);
        return Draw(invitation, stored, stored is null ? new Filled(Entries.Preselect(invitation.Version, Request.Query["score"])) : null);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not var (invitation, stored)) return Tell(Notice.Unknown);
        var (form, status) = await ReadFormAsync();
        if (form is null) return Tell(Notice.Unreadable(Address, status));

        var sent = Entries.Sent(form);
        var answers = FormAnswers.Read(invitation.Version, form);
        if (answers.Errors.Count > 0) return Draw(invitation, stored, new Filled(sent, answers.Errors, Texts["error.summary"]), StatusCodes.Status400BadRequest);

        switch (await desk.TakeAsync(new HandedIn(invitation.Id, invitation.Version, Language, answers.Answers, invitation, form[SurveyForm.SeenField]), Company, Aborted))
        {
            case Handed.Saved: return Continue(Address);
            case Handed.Overtaken when await FindAsync() is var (_, now): return Draw(invitation, now, new Filled(sent, Problem: Texts["overtaken"]), StatusCodes.Status409Conflict);
            case Handed.Closed: return Tell(Notice.Closed);
            case Handed.Final: return Tell(Notice.TooLate(Address));
        }
        Response.Headers.RetryAfter = RetryAfterSeconds;
        return Draw(invitation, stored, new Filled(sent, Problem: Texts["busy"]), StatusCodes.Status503ServiceUnavailable);
    }

    async Task<(OpenInvitation Invitation, StoredResponse? Stored)?> FindAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (await links.FindAsync(RouteText("secret"), Aborted) is not { } invitation) return null;
        Speak(invitation.Version.Definition.Languages, invitation.Person.Language);
        return (invitation, await responses.FindAsync(invitation.Id, Aborted));
    }

    IActionResult Draw(OpenInvitation invitation, StoredResponse? stored, Filled? filled, int status = StatusCodes.Status200OK)
    {
        var sheet = new AnswerSheet(invitation.Version, Texts, Language, Company);
        if (stored is null) Form = sheet.Form(filled!, Address);
        else Answered = sheet.Answered(stored, filled, Address, desk);
        return Show(Answered?.Title ?? Texts["form.title"], status);
    }

    string Address => $"{Request.Path}?lang={Uri.EscapeDataString(Language)}";
}
