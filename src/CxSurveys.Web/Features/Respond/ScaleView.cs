using System.Globalization;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Respond;

/// <summary>One radio button or checkbox.</summary>
/// <remarks>
/// <c>Shown</c> is what is to be read in its cell, null under a star or a face; <c>Spoken</c> its accessible name where that
/// is more than what is shown; <c>Mouth</c> the path of a face's mouth.
/// </remarks>
public sealed record ChoiceView(string Value, string? Shown, string? Spoken, bool Chosen, string? Language = null, string? Mouth = null);

/// <summary>How the values of a scale look: the presentation the survey asks for where it makes sense, else numbers.</summary>
internal sealed class ScaleView
{
    const int MostFaces = 7;
    const int MostStars = 10;

    readonly Question question;
    readonly CustomerTexts texts;
    readonly IReadOnlyList<string>? words;

    public ScaleView(Question question, SurveyDefinition definition, CustomerTexts texts, string language)
    {
        (this.question, this.texts) = (question, texts);
        var asked = definition.Questions[question.Position];
        var wording = StandardWording.For(texts.Language);
        var standard = wording.Ends(question);
        Low = Wording.Pick(asked.Labels?.Low, definition, language) ?? (standard is { } low ? new Wording(low.Low, texts.Language) : null);
        High = Wording.Pick(asked.Labels?.High, definition, language) ?? (standard is { } high ? new Wording(high.High, texts.Language) : null);
        // Own labels at the ends may mean something else than the standard words between them.
        words = asked.Labels is null ? wording.Words(question) : null;
        Presentation = Sensible(asked.Presentation ?? Presentation.Numbers);
    }

    public Presentation Presentation { get; }
    public Wording? Low { get; }
    public Wording? High { get; }
    int Min => question.Min!.Value;
    int Max => question.Max!.Value;
    int Count => Max - Min + 1;

    public IEnumerable<ChoiceView> Choices(string? chosen) => Enumerable.Range(Min, Count).Select(value =>
    {
        var sent = value.ToString(CultureInfo.InvariantCulture);
        return Presentation switch
        {
            Presentation.Words => new ChoiceView(sent, words![value - Min], null, sent == chosen),
            Presentation.Numbers => new ChoiceView(sent, Signed(value), End(value) is { } end ? $"{Signed(value)}, {end.Plain}" : null, sent == chosen),
            Presentation.Faces => new ChoiceView(sent, null, Name(value), sent == chosen, Mouth: Mouth(value)),
            _ => new ChoiceView(sent, null, Name(value), sent == chosen),
        };
    });

    /// <summary>One value in words, as the thanks page repeats it.</summary>
    public string Name(int value)
    {
        if (Presentation != Presentation.Numbers && words is not null) return words[value - Min];
        var name = texts.Fill("answered.outOf", ("value", Signed(value)), ("max", Signed(Max)));
        return Presentation != Presentation.Numbers && End(value) is { } end ? $"{name}, {end.Plain}" : name;
    }

    Wording? End(int value) => value == Min ? Low : value == Max ? High : null;

    static string Signed(int value) => value < 0 ? $"\u2212{-value}" : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Eleven faces cannot be told apart, and a star cannot mean "much effort"; a recommendation is never coloured by a picture.</summary>
    Presentation Sensible(Presentation asked) => asked switch
    {
        Presentation.Words when words is not null => asked,
        Presentation.Faces when Count <= MostFaces && question.Kind != QuestionKind.Nps => asked,
        Presentation.Stars when Count <= MostStars && question is { Kind: not QuestionKind.Nps, Direction: not ScaleDirection.Lower, Min: 0 or 1 } => asked,
        _ => Presentation.Numbers,
    };

    /// <summary>From a frown to a smile in even steps; where less is better the lowest value smiles.</summary>
    string Mouth(int value)
    {
        var share = (double)(value - Min) / (Count - 1);
        var bend = (question.Direction == ScaleDirection.Lower ? 1 - 2 * share : 2 * share - 1) * 4;
        return string.Create(CultureInfo.InvariantCulture, $"M7.5 {15.5 - bend / 3:0.#}q4.5 {bend:0.#} 9 0");
    }
}
