using FluentValidation;

namespace CxSurveys.Web.Features.Invitations;

public static class InvitationsFeature
{
    public static IServiceCollection AddInvitations(this IServiceCollection services) => services
        .AddSingleton<InvitationSeal>()
        .AddSingleton<InvitationMaker>()
        .AddSingleton<MailComposer>()
        .AddSending()
        .AddScoped<InvitationLinks>()
        .AddSingleton<InvitedAnswers>()
        .AddScoped<VisitLog>()
        .AddScoped<Inviting>()
        .AddScoped<PostInvitation>()
        .AddScoped<Sending.SendingQueries>()
        .AddSingleton<IValidator<PostInvitation.Request>, PostInvitation.Rules>();

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

    public static void MapInvitations(this IEndpointRouteBuilder api) => PostInvitation.Map(api.MapGroup("/invitations"));
}
