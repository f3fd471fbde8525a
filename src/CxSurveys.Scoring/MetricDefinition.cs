using System.Globalization;

namespace CxSurveys.Scoring;

/// <summary>
/// What a score means: kind, scale, direction and the sets of positive and negative answers. Fixed when a question is
/// published; two definitions that differ in anything are different, and answers of different definitions are never added.
/// </summary>
public sealed record MetricDefinition
{
    /// <summary>The lowest value any scale may have.</summary>
    public const int LowestValue = -1000;

    /// <summary>The highest value any scale may have.</summary>
    public const int HighestValue = 1000;

    /// <summary>The most values a scale may have, both ends counted.</summary>
    public const int MostValues = 101;

    MetricDefinition(MetricKind kind, int min, int max, Direction direction, int[] positive, int[] negative)
    {
        (Kind, Min, Max, Direction) = (kind, min, max, direction);
        (Positive, Negative) = (Array.AsReadOnly(positive), Array.AsReadOnly(negative));
        Key = Write();
    }

    /// <summary>What is measured.</summary>
    public MetricKind Kind { get; }

    /// <summary>The lowest value of the scale, itself allowed; -1000 or more.</summary>
    public int Min { get; }

    /// <summary>The highest value of the scale, itself allowed; above <see cref="Min"/>, 1000 or less.</summary>
    public int Max { get; }

    /// <summary>Which end of the scale is the good one.</summary>
    public Direction Direction { get; }

    /// <summary>The answers that count as positive (promoters), ascending. Empty only where no share of positives is reported.</summary>
    public IReadOnlyList<int> Positive { get; }

    /// <summary>The answers that count as negative (detractors), ascending. Empty where no share of negatives is reported.</summary>
    public IReadOnlyList<int> Negative { get; }

    /// <summary>How the headline figure is made; follows from <see cref="Kind"/>.</summary>
    public Statistic Statistic => Kind switch
    {
        MetricKind.Nps => Statistic.NetPercent,
        MetricKind.Csat => Statistic.PositivePercent,
        _ => Statistic.Mean,
    };

    /// <summary>
    /// The whole definition as one canonical text, such as <c>nps;0..10;higher;+9,10;-0,1,2,3,4,5,6</c>:
    /// equal texts are equal definitions. <see cref="Parse"/> reads it back.
    /// </summary>
    public string Key { get; }

    /// <summary>Makes a definition; what is left out becomes the kind's default.</summary>
    /// <param name="kind">What is measured.</param>
    /// <param name="min">Lowest value. Default: 0 for NPS, 1 for CSAT and CES; a rating has none.</param>
    /// <param name="max">Highest value. Default: 10 for NPS, 5 for CSAT, 7 for CES (5 when lower is better); a rating has none.</param>
    /// <param name="direction">Default: higher is better.</param>
    /// <param name="positive">In any order. Default: the top answers of the kind and scale, the bottom ones when lower is better; none for a rating.</param>
    /// <param name="negative">In any order. Default: the other end, likewise.</param>
    /// <returns>The definition with its sets ascending.</returns>
    /// <exception cref="MetricDefinitionException">
    /// The scale is not one of the kind's, or too wide; a set leaves the scale, repeats a value or overlaps the other;
    /// an NPS with other sets or with lower as better; a CSAT without positive answers.
    /// </exception>
    /// <remarks>
    /// NPS knows 0..10 and 1..10; CSAT 1..2, 1..3, 1..4, 1..5, 1..7 and 1..10; CES 1..7 and 1..5 (effort, CES 1.0, when lower
    /// is better); anything else is a rating. Where lower is better the default sets are those of the mirrored scale.
    /// Sources: Reichheld, Harvard Business Review 81(12), 2003 (NPS); Dixon, Freeman and Toman, Harvard Business Review 88(7/8), 2010 (CES 1.0).
    /// </remarks>
    public static MetricDefinition Create(
        MetricKind kind,
        int? min = null,
        int? max = null,
        Direction? direction = null,
        IEnumerable<int>? positive = null,
        IEnumerable<int>? negative = null)
    {
        var rules = MetricRules.For(kind);
        var better = rules.Direction(direction);
        var (low, high) = rules.Scale(min, max, better);
        var sets = rules.Sets(low, high, better);
        return new MetricDefinition(
            kind, low, high, better,
            rules.Chosen("scale.positive", positive, sets.Positive, low, high),
            rules.Chosen("scale.negative", negative, sets.Negative, low, high))
            .Checked(positiveGiven: positive is not null);
    }

    /// <summary>Reads back what <see cref="Key"/> wrote.</summary>
    /// <param name="key">The canonical text; no other spelling is accepted.</param>
    /// <returns>The definition with that key.</returns>
    /// <exception cref="FormatException">The text is not the key of a definition.</exception>
    public static MetricDefinition Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        try
        {
            return key.Split(';') is [var kind, var scale, var direction, ['+', .. var positive], ['-', .. var negative]]
                && scale.Split("..") is [var min, var max]
                && Create(Word<MetricKind>(kind), Number(min), Number(max), Word<Direction>(direction), Numbers(positive), Numbers(negative)) is var read
                && read.Key == key
                ? read
                : throw new FormatException($"Not the key of a metric definition: '{key}'.");
        }
        catch (Exception fault) when (fault is MetricDefinitionException or OverflowException)
        {
            throw new FormatException($"Not the key of a metric definition: '{key}'.", fault);
        }
    }

    /// <summary>Whether both say the same in every member.</summary>
    /// <param name="other">The other definition, or <c>null</c>, which equals none.</param>
    /// <returns><c>true</c> when the keys are the same.</returns>
    public bool Equals(MetricDefinition? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <summary>The key.</summary>
    /// <returns>The same text as <see cref="Key"/>.</returns>
    public override string ToString() => Key;

    /// <summary>Refuses a histogram that counts answers of another scale.</summary>
    internal void Require(Histogram answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if ((answers.Min, answers.Max) != (Min, Max))
            throw new ArgumentException($"The definition has the scale {Min}..{Max}, the answers have {answers.Min}..{answers.Max}.", nameof(answers));
    }

    MetricDefinition Checked(bool positiveGiven)
    {
        var both = Positive.Intersect(Negative).ToArray();
        if (both.Length > 0)
            throw new MetricDefinitionException(
                positiveGiven ? "scale.positive" : "scale.negative",
                $"{both[0]} cannot be both positive and negative; give both sets without a common value.");
        if (Kind == MetricKind.Csat && Positive.Count == 0)
            throw new MetricDefinitionException("scale.positive", "A CSAT needs at least one positive answer.");
        return this;
    }

    string Write() => string.Create(CultureInfo.InvariantCulture,
        $"{WordOf(Kind)};{Min}..{Max};{WordOf(Direction)};+{List(Positive)};-{List(Negative)}");

    static string List(IEnumerable<int> values) => string.Join(',', values.Select(v => v.ToString(CultureInfo.InvariantCulture)));

    static string WordOf(MetricKind kind) => kind switch
    {
        MetricKind.Nps => "nps",
        MetricKind.Csat => "csat",
        MetricKind.Ces => "ces",
        _ => "rating",
    };

    static string WordOf(Direction direction) => direction == Direction.Higher ? "higher" : "lower";

    static T Word<T>(string word) where T : struct, Enum =>
        word.All(char.IsAsciiLetterLower) && Enum.TryParse<T>(word, ignoreCase: true, out var value)
            ? value
            : throw new FormatException($"'{word}' is not a word of a metric definition.");

    static int Number(string digits) => int.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    static int[] Numbers(string list) => list.Length == 0 ? [] : [.. list.Split(',').Select(Number)];
}
