using System.Text.Encodings.Web;
using System.Text.Unicode;
using CxSurveys.Web.Features.Respond.Guarding;
using Microsoft.Extensions.WebEncoders;

namespace CxSurveys.Web.Features.Respond;

/// <summary>The pages a customer meets. Their routes are on the pages themselves.</summary>
internal static class RespondFeature
{
    public static IServiceCollection AddRespond(this IServiceCollection services)
    {
        services.AddSingleton<ResponseSeal>();
        services.AddScoped<AnswerDesk>();
        services.AddSingleton<OpenLinks>();
        services.AddSingleton<FloodWatch>().AddSingleton<AddressLoad>().AddSingleton<AnswerGuard>();
        // Thai and Arabic as they are: as numeric references a page in them weighs three times as much.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        return services;
    }

    public static void MapRespond(this IEndpointRouteBuilder app) => WidgetDoor.Map(app);
}
