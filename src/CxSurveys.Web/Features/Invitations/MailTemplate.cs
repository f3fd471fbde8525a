using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>What the HTML of an invitation's mail is made of: the only names its template has. Every value is written as text, never read as a template.</summary>
internal sealed record MailHoles
{
    public required string Language { get; init; }
    public required string Direction { get; init; }
    public required string Start { get; init; }
    public required string Subject { get; init; }
    public required string Preview { get; init; }
    public required string Company { get; init; }
    public required string Greeting { get; init; }
    public required string Occasion { get; init; }

    /// <summary>Numbers to choose from, in rows that may stack; empty where one button leads to the questions.</summary>
    public required IReadOnlyList<IReadOnlyList<MailScore>> Rows { get; init; }

    public required string Question { get; init; }
    public required string QuestionLanguage { get; init; }
    public required string QuestionDirection { get; init; }
    public string? Ends { get; init; }
    public required string Confirm { get; init; }
    public required string Open { get; init; }
    public required string Plain { get; init; }
    public required string Link { get; init; }

    /// <summary>What stands between the link and a score: a test's link has a query already.</summary>
    public string Joint => Link.Contains('?', StringComparison.Ordinal) ? "&" : "?";

    /// <summary>What the numbers' links name: a language of the survey.</summary>
    public required string AnswerLanguage { get; init; }

    public required string Reason { get; init; }
    public required string OptOut { get; init; }
    public required string Stop { get; init; }
    public required string Sender { get; init; }

    /// <summary>The company's colours, by day and by night: of names and buttons, and of what is written on buttons.</summary>
    public required string Brand { get; init; }

    public required string OnBrand { get; init; }
    public required string DarkBrand { get; init; }
    public required string OnDarkBrand { get; init; }

    /// <summary>Where the logo is; null = the name stands there.</summary>
    public string? Logo { get; init; }
}

/// <summary>One number: what the link carries, what is to be read, and what a screen reader says.</summary>
internal sealed record MailScore(string Value, string Shown, string Name);

/// <summary>The HTML that the build made of <c>invitation.mjml</c>, parsed once.</summary>
internal static class MailTemplate
{
    public const string Resource = "Invitations.Mail.invitation.html";

    // Thai and Arabic as they are: as numeric references they weigh three times as much.
    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    static readonly TemplateOptions Options = Names();
    static readonly IFluidTemplate Template = Parse();

    public static string Fill(MailHoles holes) => Template.Render(new TemplateContext(holes, Options), Encoder);

    static TemplateOptions Names()
    {
        var options = new TemplateOptions { MemberAccessStrategy = new DefaultMemberAccessStrategy { MemberNameStrategy = MemberNameStrategies.SnakeCase } };
        options.MemberAccessStrategy.Register<MailHoles>();
        options.MemberAccessStrategy.Register<MailScore>();
        return options;
    }

    static IFluidTemplate Parse()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return new FluidParser().Parse(reader.ReadToEnd());
    }
}
