namespace CxSurveys.Web.Features.Invitations;

public static class InvitationsFeature
{
    public static IServiceCollection AddInvitations(this IServiceCollection services) => services
        .AddSingleton<InvitationSeal>()
        .AddSingleton<InvitationMaker>()
        .AddSingleton<MailComposer>()
        .AddScoped<InvitationLinks>()
        .AddScoped<Inviting>()
        .AddScoped<Sending.SendingQueries>();

    public static void MapInvitations(this IEndpointRouteBuilder api) => api.MapGroup("/invitations");
}
