using FluentValidation;

namespace CxSurveys.Web.Features.Invitations;

public static class InvitationsFeature
{
    public static IServiceCollection AddInvitations(this IServiceCollection services) => services
        .AddSingleton<InvitationSeal>()
        .AddSingleton<InvitationMaker>()
        .AddSingleton<MailComposer>()
        .AddScoped<InvitationLinks>()
        .AddScoped<Inviting>()
        .AddScoped<PostInvitation>()
        .AddSingleton<IValidator<PostInvitation.Request>, PostInvitation.Rules>();

    public static void MapInvitations(this IEndpointRouteBuilder api) => PostInvitation.Map(api.MapGroup("/invitations"));
}
