using System.Buffers;
using System.Globalization;
using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;
using FluentValidation;

namespace CxSurveys.Web.Platform;

/// <summary>Rules for texts and keys that several doors share.</summary>
public static partial class TextRules
{
    public const string KeyMessage = "1 to 64 of a-z, 0-9, - and _.";
    public const string LanguageMessage = "A language tag, for example en, th or pt-BR.";

    public const string InstantMessage = "A date and time with an offset, for example 2026-02-16T09:30:00+07:00.";

    /// <summary>What mail servers take of an address, in characters.</summary>
    public const int MaxEmail = 254;

    public static IRuleBuilderOptions<T, string> MustBeKey<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(IsKey).WithMessage(KeyMessage);

    /// <summary>Not blank, at most <paramref name="max"/> code points, nothing PostgreSQL cannot hold.</summary>
    public static IRuleBuilderOptions<T, string> MustBeText<T>(this IRuleBuilder<T, string> rule, int max) =>
        rule.Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage("A text is needed.")
            .Must(text => CodePoints(text) <= max).WithMessage($"At most {max} characters.")
            .Must(IsStorable).WithMessage("The character NUL cannot be stored.");

    /// <summary>A language tag, or nothing.</summary>
    public static IRuleBuilderOptions<T, string?> MayBeLanguage<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(tag => tag is null || IsLanguage(tag)).WithMessage(LanguageMessage);

    public static IRuleBuilderOptions<T, string> MustBeEmail<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(IsEmail).WithMessage("Enter one email address, for example name@example.com.");

    public static bool IsKey(string? key) => key is not null && KeyPattern().IsMatch(key);

    public static bool IsLanguage(string? tag) => tag is not null && LanguagePattern().IsMatch(tag);

    public static IRuleBuilderOptions<T, string?> MustBeLine<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.Must(text => text is null || text.Length <= max && !text.Any(char.IsControl)).WithMessage($"At most {max} characters, on one line.");

    /// <summary>True when PostgreSQL can hold the text: no NUL, no half of a surrogate pair.</summary>
    public static bool IsStorable(string? text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out int length) != OperationStatus.Done || rune.Value == 0) return false;
            rest = rest[length..];
        }
        return true;
    }

    // The parser takes "a@b.com, c@d.com" and "Name <a@b.com>" and gives one address of it: what it read must be what was sent.
    public static bool IsEmail(string? text) =>
        text is { Length: > 2 and <= MaxEmail }
        && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text;

    /// <summary>Characters as a reader counts them: a surrogate pair is one.</summary>
    public static int CodePoints(string? text) => text is null ? 0 : text.Length - text.Count(char.IsLowSurrogate);

    /// <summary>RFC 3339 with an offset, as UTC; null when it is something else.</summary>
    public static DateTimeOffset? Instant(string? text) =>
        text is not null && InstantPattern().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant.ToUniversalTime()
            : null;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)\z")]
    private static partial Regex InstantPattern();

    [GeneratedRegex(@"^[a-z0-9_-]{1,64}\z")]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,4}\z")]
    private static partial Regex LanguagePattern();
}
