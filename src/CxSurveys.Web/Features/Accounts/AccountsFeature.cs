using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Who is there, and what they may do: people with a password, systems with a key.</summary>
public static class AccountsFeature
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddScoped<Sessions>().AddScoped<PasswordSignIn>().AddScoped<FirstRun>().AddScoped<Colleagues>().AddScoped<AccountLinks>();
        services.AddSingleton<SignInGate>().AddSingleton<KnownDevice>().AddSingleton<ApiKeys>();
        services.AddSingleton<IValidator<SetupModel.SetupForm>, SetupModel.Rules>();
        services.AddSingleton<IValidator<ColleaguesModel.AddForm>, ColleaguesModel.Rules>().AddSingleton<IValidator<WelcomeModel.WelcomeForm>, WelcomeModel.Rules>();
        services.AddScoped<ISetUpStep, ColleaguesStep>();
        services.AddHostedService<FirstRunLink>();
        AddIdentity(services);
        AddSchemes(services);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, UnknownAddresses>();
        services.AddAuthorization(AddPolicies);
        services.AddApiReference();
        return services;
    }

    /// <summary>Behind the error pages, in front of everything that answers.</summary>
    public static IApplicationBuilder UseAccounts(this IApplicationBuilder app) =>
        app.UseRateLimiter().UseAuthentication().UseAuthorization();

    public static void MapAccounts(this IEndpointRouteBuilder app) => app.MapApiReference();

    static void AddIdentity(IServiceCollection services)
    {
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.Configure<PasswordHasherOptions>(hash => hash.IterationCount = 210_000);   // PBKDF2-HMAC-SHA512, as OWASP advises
        var identity = services.AddIdentityCore<Account>(options =>
        {
            options.User.RequireUniqueEmail = true;
            options.User.AllowedUserNameCharacters = "";
            options.Lockout.MaxFailedAccessAttempts = 30;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        });
        identity.AddEntityFrameworkStores<CxDbContext>();
        // In place of Identity's own rule, which asks for digits and capitals and lets "Password1!" pass.
        services.AddScopedInPlace<IPasswordValidator<Account>, PasswordRule>();
    }

    static void AddScopedInPlace<TService, TImplementation>(this IServiceCollection services) where TService : class where TImplementation : class, TService
    {
        foreach (var earlier in services.Where(s => s.ServiceType == typeof(TService)).ToList()) services.Remove(earlier);
        services.AddScoped<TService, TImplementation>();
    }

    static void AddSchemes(IServiceCollection services)
    {
        services.AddSingleton<Cookies>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>>(s => s.GetRequiredService<Cookies>());
        services.AddSingleton<IConfigureOptions<AntiforgeryOptions>>(s => s.GetRequiredService<Cookies>());
        services.AddAuthentication(Schemes.Either)
            .AddCookie(Schemes.Cookie)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(Schemes.ApiKey, null)
            .AddPolicyScheme(Schemes.Either, null, either => either.ForwardDefaultSelector = http =>
                ErrorPages.IsApi(http) || http.Request.Headers.Authorization.Count > 0 ? Schemes.ApiKey : Schemes.Cookie);
    }

    static void AddPolicies(AuthorizationOptions options)
    {
        options.AddPolicy(Policies.Ingest, Key(KeyRole.Ingest, KeyRole.Admin));
        options.AddPolicy(Policies.Read, Key(KeyRole.Analyst, KeyRole.Admin));
        options.AddPolicy(Policies.Admin, Key(KeyRole.Admin));
        options.AddPolicy(Policies.Pages, Person(Role.Admin, Role.Manager, Role.Analyst));
        options.AddPolicy(Policies.AdminPages, Person(Role.Admin));
        options.AddPolicy(Policies.Reference, policy => policy.AddAuthenticationSchemes(Schemes.Either).RequireAuthenticatedUser());
        options.FallbackPolicy = new AuthorizationPolicyBuilder(Schemes.Either).RequireAuthenticatedUser().Build();
    }

    static Action<AuthorizationPolicyBuilder> Key(params KeyRole[] roles) =>
        policy => policy.AddAuthenticationSchemes(Schemes.ApiKey).RequireClaim(Claims.KeyRole, roles.Select(LowerCaseEnum.Name));

    static Action<AuthorizationPolicyBuilder> Person(params Role[] roles) =>
        policy => policy.AddAuthenticationSchemes(Schemes.Cookie).RequireRole(roles.Select(LowerCaseEnum.Name));
}
