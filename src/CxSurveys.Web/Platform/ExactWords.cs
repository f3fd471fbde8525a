using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxSurveys.Web.Platform;

/// <summary>Words of a list in the one spelling the contract has: the framework's own converter also takes "NPS" for nps.</summary>
internal sealed class ExactWords : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Words<>).MakeGenericType(typeToConvert))!;

    sealed class Words<T> : JsonConverter<T> where T : struct, Enum
    {
        static readonly Dictionary<string, T> ByWord = Enum.GetValues<T>().ToDictionary(WordOf, StringComparer.Ordinal);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && ByWord.TryGetValue(reader.GetString()!, out var value) ? value : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(WordOf(value));

        static string WordOf(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
    }
}
