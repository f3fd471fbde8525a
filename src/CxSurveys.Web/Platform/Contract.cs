using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;

namespace CxSurveys.Web.Platform;

/// <summary>How requests are checked and answers written, everywhere alike.</summary>
internal static class Contract
{
    public static IServiceCollection AddContract(this IServiceCollection services)
    {
        // Errors carry the names of the contract (survey), not those of the classes (Survey).
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) => member is null ? null : JsonNamingPolicy.CamelCase.ConvertName(member.Name);
        return services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
    }

    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorPages(pages => pages.RootDirectory = "/Features")
            .AddMvcOptions(mvc => mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true);
        return services;
    }
}
