using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace CxSurveys.Web.Platform;

/// <summary>
/// The strict door for JSON: one size, one depth, no duplicate or unknown members, no number in quotes, no NUL, no lone
/// surrogate. A refusal names the field.
/// </summary>
public static class JsonBody
{
    /// <summary>Bytes of a body, or of one line of an import.</summary>
    public const int MaxBytes = 262_144;

    /// <summary>Nested objects and arrays, the root counted as 1.</summary>
    public const int MaxDepth = 16;

    public static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        MaxDepth = MaxDepth,
        Converters = { new ExactWords() },
    };

    /// <summary>Reads and checks a body; the problem is the answer to give when there is no value.</summary>
    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpContext http, IValidator<T> rules) where T : class
    {
        if (!IsJson(http.Request)) return (null, UnsupportedMediaType());
        if (await ReadBytesAsync(http) is not { } bytes) return (null, TooLarge());

        var errors = new Errors();
        var value = Parse<T>(bytes, errors);
        if (value is not null) errors.Add(await rules.ValidateAsync(value, http.RequestAborted));
        return errors.Any ? (null, errors.ToProblem()) : (value, null);
    }

    /// <summary>Parses strictly; on failure adds to <paramref name="errors"/> and returns null.</summary>
    public static T? Parse<T>(ReadOnlyMemory<byte> utf8, Errors errors) where T : class
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            errors.Add("", "The text is not valid UTF-8.");
            return null;
        }
        try
        {
            var value = JsonSerializer.Deserialize<T>(utf8.Span, Strict);
            if (value is null) errors.Add("", "An object is needed, not null.");
            return value;
        }
        catch (JsonException e)
        {
            foreach (string path in PathsOf(e)) errors.Add(path, MessageOf(e));
            return null;
        }
    }

    public static bool IsJson(HttpRequest request) => IsPlain(request, "application/json");

    /// <summary>True for a body of one of these media types that is UTF-8 and not compressed.</summary>
    public static bool IsPlain(HttpRequest request, params ReadOnlySpan<string> mediaTypes)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return false;
        bool utf8 = !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
        bool compressed = request.Headers.ContentEncoding is [{ Length: > 0 } encoding, ..] && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);
        if (!utf8 || compressed) return false;
        foreach (string mediaType in mediaTypes)
            if (type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    public static ProblemHttpResult UnsupportedMediaType(string wanted = "application/json") =>
        TypedResults.Problem($"Send {wanted} in UTF-8, not compressed.", statusCode: StatusCodes.Status415UnsupportedMediaType);

    public static ProblemHttpResult TooLarge() =>
        TypedResults.Problem($"At most {MaxBytes:N0} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge);

    /// <summary>The body, or null when it is larger than <see cref="MaxBytes"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaxBytes) return null;
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // "$.stages[0].name" is our "stages[0].name"; "$['odd key']" our "odd key". Missing members are named one by one.
    static IEnumerable<string> PathsOf(JsonException e)
    {
        string path = (e.Path ?? "").TrimStart('$').TrimStart('.').Replace("['", ".", StringComparison.Ordinal).Replace("']", "", StringComparison.Ordinal).TrimStart('.');
        if (!IsMissing(e)) return [path];
        return e.Message.Split('\'').Skip(3).Where((_, i) => i % 2 == 0).Select(member => path.Length == 0 ? member : $"{path}.{member}");
    }

    static bool IsMissing(JsonException e) => e.Message.Contains("missing required", StringComparison.Ordinal);

    // The framework's message says what is wrong and then the .NET type or the position; only its first sentence helps a caller.
    static string MessageOf(JsonException e)
    {
        if (e.Message.Contains("could not be mapped", StringComparison.Ordinal)) return "Unknown member.";
        if (e.Message.Contains("duplicate", StringComparison.OrdinalIgnoreCase)) return "The member stands twice.";
        if (IsMissing(e)) return "This member is needed.";
        if (e.Message.Contains("allow setting null", StringComparison.Ordinal)) return "null is not allowed here.";
        if (e.Message.Contains("could not be converted", StringComparison.Ordinal)) return "The wrong type of value, or none of the allowed ones.";
        if (e.Message.Contains("depth", StringComparison.OrdinalIgnoreCase)) return $"Nested deeper than {MaxDepth}.";
        return "Not valid JSON, or not allowed here: " + e.Message.Split(". ")[0].Split(" Path:")[0] + ".";
    }
}
