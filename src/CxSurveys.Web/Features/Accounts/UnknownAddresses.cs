using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>An address that nothing answers is "not found" for everyone; a stranger is not asked to sign in to learn it.</summary>
internal sealed class UnknownAddresses : IAuthorizationMiddlewareResultHandler
{
    readonly AuthorizationMiddlewareResultHandler usual = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        context.GetEndpoint() is null ? next(context) : usual.HandleAsync(next, context, policy, authorizeResult);
}
