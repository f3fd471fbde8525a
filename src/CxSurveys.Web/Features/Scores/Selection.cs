using System.Globalization;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Scores;

/// <summary>Where a question was asked about.</summary>
public enum Asked { Touchpoint, Stage, Journey }

/// <summary>Which answers are meant: the filters that scores, comparisons and lists share. Null = no such filter.</summary>
public sealed record Selection
{
    public QuestionKind? Kind { get; init; }
    public string? Question { get; init; }
    public string? Survey { get; init; }
    public string? Touchpoint { get; init; }
    public string? Stage { get; init; }
    public Asked? Asked { get; init; }

    /// <summary>First day, in the organisation's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The day after the last.</summary>
    public DateOnly? To { get; init; }

    public IReadOnlyDictionary<string, string> Segment { get; init; } = new Dictionary<string, string>();
    public string? Language { get; init; }
    public string? Channel { get; init; }

    /// <summary>A touchpoint or stage alone means what was asked at touchpoints.</summary>
    internal Asked? AskedAbout => Asked ?? (Touchpoint is not null || Stage is not null ? Scores.Asked.Touchpoint : null);

    /// <summary>True when every answer of the other is one of these as well, as far as the filters tell.</summary>
    public bool Contains(Selection other) =>
        Wider(Question, other.Question) && Wider(Survey, other.Survey) && Wider(Touchpoint, other.Touchpoint) && Wider(Stage, other.Stage)
        && (AskedAbout is null || AskedAbout == other.AskedAbout)
        && Wider(Language, other.Language) && Wider(Channel, other.Channel)
        && (From is null || other.From >= From) && (To is null || other.To <= To)
        && Segment.All(s => other.Segment.TryGetValue(s.Key, out var value) && value == s.Value);

    static bool Wider(string? one, string? other) => one is null || one == other;

    /// <summary>
    /// Reads the filters. With a prefix (<c>a.</c>) each may carry it, and then wins over the one without.
    /// </summary>
    public static Selection Parse(QueryParameters query, Errors errors, string prefix = "")
    {
        var reader = new Reader(query, errors, prefix);
        var selection = new Selection
        {
            Kind = reader.Word<QuestionKind>("kind", shared: true, QuestionKind.Nps, QuestionKind.Csat, QuestionKind.Ces, QuestionKind.Rating),
            Question = reader.Text("question"),
            Survey = reader.Text("survey"),
            Touchpoint = reader.Text("touchpoint"),
            Stage = reader.Text("stage"),
            Asked = reader.Word("asked", shared: false, Scores.Asked.Touchpoint, Scores.Asked.Stage, Scores.Asked.Journey),
            From = reader.Day("from"),
            To = reader.Day("to"),
            Segment = reader.Segment(),
            Language = reader.Text("language"),
            Channel = reader.Text("channel"),
        };
        errors.Add(new Rules(reader.PathOf).Validate(selection));
        return selection;
    }

    sealed class Rules : AbstractValidator<Selection>
    {
        public Rules(Func<string, string> pathOf)
        {
            RuleFor(s => s.Question!).MustBeKey().OverridePropertyName(pathOf("question")).When(s => s.Question is not null);
            RuleFor(s => s.Survey!).MustBeKey().OverridePropertyName(pathOf("survey")).When(s => s.Survey is not null);
            RuleFor(s => s.Touchpoint!).MustBeKey().OverridePropertyName(pathOf("touchpoint")).When(s => s.Touchpoint is not null);
            RuleFor(s => s.Stage!).MustBeKey().OverridePropertyName(pathOf("stage")).When(s => s.Stage is not null);
            RuleFor(s => s.Language).NotEmpty().WithMessage("A language tag is needed; leave the parameter out for all.")
                .OverridePropertyName(pathOf("language")).When(s => s.Language is not null);
            RuleFor(s => s.Channel).NotEmpty().WithMessage("A channel is needed; leave the parameter out for all.")
                .OverridePropertyName(pathOf("channel")).When(s => s.Channel is not null);
            RuleFor(s => s.From).Must((s, from) => !(from > s.To)).WithMessage("from lies after to.").OverridePropertyName(pathOf("from"));
        }
    }

    /// <summary>Finds each parameter with its prefix, else without, and remembers which it was for the errors.</summary>
    sealed class Reader(QueryParameters query, Errors errors, string prefix)
    {
        readonly HashSet<string> prefixed = [];

        public string PathOf(string name) => prefixed.Contains(name) ? prefix + name : name;

        public string? Text(string name)
        {
            var shared = query.Take(name);
            if (prefix.Length == 0 || query.Take(prefix + name) is not { } own) return shared;
            prefixed.Add(name);
            return own;
        }

        public T? Word<T>(string name, bool shared, params T[] allowed) where T : struct, Enum
        {
            if ((shared ? query.Take(name) : Text(name)) is not { } text) return null;
            foreach (var word in allowed)
                if (text == WordOf(word)) return word;
            errors.Add(PathOf(name), $"One of {string.Join(", ", allowed.Select(WordOf))}.");
            return null;
        }

        public DateOnly? Day(string name)
        {
            if (Text(name) is not { } text) return null;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            errors.Add(PathOf(name), "A date like 2026-02-16.");
            return null;
        }

        public Dictionary<string, string> Segment()
        {
            var all = new Dictionary<string, string>(query.TakeAll("segment."), StringComparer.Ordinal);
            if (prefix.Length > 0)
                foreach (var (name, value) in query.TakeAll(prefix + "segment.")) all[name] = value;
            return all;
        }
    }

    internal static string WordOf<T>(T word) where T : struct, Enum => word.ToString().ToLowerInvariant();
}
