using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.People;

[Authorize(Policies.AdminPages)]
public sealed class NewModel(PeopleDirectory people, IValidator<PostedPerson> rules) : PageModel
{
    [BindProperty] public PersonForm Form { get; set; } = new();

    public IDictionary<string, string[]> Problems { get; private set; } = new Dictionary<string, string[]>();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var errors = new Errors();
        var person = Form.Read(Form.Id?.Trim(), rules, errors);
        if (person is not null && await people.FindAsync(person.Id, ct) is not null) errors.Add("id", "There is a person with this id already.");
        if (!errors.Any && await people.AddOrUpdateAsync(person!, errors, "", ct, Origin.ByHand) is { } added) return LocalRedirect(PersonAddress.Of(added));

        Problems = errors.ToDictionary();
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
