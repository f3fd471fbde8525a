using CxSurveys.Web.Features.Invitations.Rules;
using FluentValidation;

namespace CxSurveys.Web.Features.Invitations;

public static class InvitationsFeature
{
    public static IServiceCollection AddInvitations(this IServiceCollection services) => services
        .AddSingleton<InvitationSeal>()
        .AddSingleton<InvitationMaker>()
        .AddSingleton<MailComposer>()
        .AddScoped<DraftMail>()
        .AddScoped<TestMail>()
        .AddSending()
        .AddRules()
        .AddScoped<InvitationLinks>()
        .AddSingleton<InvitedAnswers>()
        .AddScoped<VisitLog>()
        .AddScoped<AskSources>()
        .AddScoped<Inviting>()
        .AddScoped<PostInvitation>()
        .AddScoped<Sending.SendingQueries>()
        .AddScoped<Sending.ListInvitations>()
        .AddSingleton<IValidator<PostInvitation.Request>, PostInvitation.Rules>();

    static IServiceCollection AddRules(this IServiceCollection services) => services
        .AddSingleton<IValidator<PostedEvent>, PostedEvent.Rules>()
        .AddScoped<EventIntake>()
        .AddScoped<ImportEvents>()
        .AddScoped<Simulation>()
        .AddScoped<PlannedRound>()
        .AddScoped<ScheduleRound>()
        .AddHostedService<SchedulerWorker>();

    static IServiceCollection AddSending(this IServiceCollection services) => services
        .AddSingleton(s => MailSettings.Read(s.GetRequiredService<IConfiguration>(), s.GetRequiredService<IHostEnvironment>()))
        .AddSingleton<MailState>()
        .AddSingleton<MailSignal>()
        .AddSingleton<MessageQueue>()
        .AddSingleton<MailWriter>()
        .AddScoped<MailPreparation>()
        .AddSingleton<SmtpTransport>(s => new SmtpTransport(s.GetRequiredService<MailSettings>(), s.GetRequiredService<ILogger<SmtpTransport>>()))
        .AddSingleton<KeptMailTransport>()
        .AddSingleton<IMailTransport>(s => s.GetRequiredService<MailSettings>().Route == MailRoute.Smtp ? s.GetRequiredService<SmtpTransport>() : s.GetRequiredService<KeptMailTransport>())
        .AddSingleton<SendRound>()
        .AddHostedService<MailWorker>();

    public static void MapInvitationExport(this IEndpointRouteBuilder app) => Sending.ExportInvitations.Map(app);

    public static void MapInvitations(this IEndpointRouteBuilder api)
    {
        var invitations = api.MapGroup("/invitations");
        PostInvitation.Map(invitations);
        Sending.ListInvitations.Map(invitations);
        PostEvent.Map(api.MapGroup("/events"));
    }
}
