namespace CxSurveys.Web.Features.Branding;

/// <summary>The company's logo, colour and font on what customers see, and what they read after an answer.</summary>
public static class BrandingFeature
{
    public static IServiceCollection AddBranding(this IServiceCollection services) => services.AddSingleton<Looks>().AddSingleton<ThanksCatalog>();

    public static void MapBranding(this IEndpointRouteBuilder app) => LogoFile.Map(app);
}
