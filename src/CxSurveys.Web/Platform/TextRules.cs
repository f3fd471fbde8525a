using System.Text.RegularExpressions;
using FluentValidation;

namespace CxSurveys.Web.Platform;

/// <summary>Rules for texts and keys that several doors share.</summary>
public static partial class TextRules
{
    public const string KeyMessage = "1 to 64 of a-z, 0-9, - and _.";

    public static IRuleBuilderOptions<T, string> MustBeKey<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(IsKey).WithMessage(KeyMessage);

    /// <summary>Not blank, at most <paramref name="max"/> code points, nothing PostgreSQL cannot hold.</summary>
    public static IRuleBuilderOptions<T, string> MustBeText<T>(this IRuleBuilder<T, string> rule, int max) =>
        rule.Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage("A text is needed.")
            .Must(text => CodePoints(text) <= max).WithMessage($"At most {max} characters.")
            .Must(JsonBody.IsStorable).WithMessage("The character NUL cannot be stored.");

    public static bool IsKey(string? key) => key is not null && KeyPattern().IsMatch(key);

    public static bool IsLanguage(string? tag) => tag is not null && LanguagePattern().IsMatch(tag);

    /// <summary>Characters as a reader counts them: a surrogate pair is one.</summary>
    public static int CodePoints(string? text) => text is null ? 0 : text.Length - text.Count(char.IsLowSurrogate);

    [GeneratedRegex(@"^[a-z0-9_-]{1,64}\z")]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,4}\z")]
    private static partial Regex LanguagePattern();
}
