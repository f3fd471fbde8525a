using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>One written form of a definition: as stored, as answered over the API, and as compared.</summary>
internal static class DefinitionJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static readonly ValueConverter<SurveyDefinition, string> Converter = new(
        definition => Write(definition),
        json => Read(json));

    public static readonly ValueComparer<SurveyDefinition> Comparer = new(
        (a, b) => (a == null && b == null) || (a != null && b != null && Write(a) == Write(b)),
        definition => Write(definition).GetHashCode(StringComparison.Ordinal));

    public static string Write(SurveyDefinition definition) => JsonSerializer.Serialize(definition, Options);

    static SurveyDefinition Read(string json) => JsonSerializer.Deserialize<SurveyDefinition>(json, Options)!;
}
