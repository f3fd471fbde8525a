namespace CxSurveys.Scoring;

/// <summary>Which scales, directions and sets a kind allows, and its defaults.</summary>
abstract class MetricRules
{
    public static MetricRules For(MetricKind kind) => kind switch
    {
        MetricKind.Nps => new NpsRules(),
        MetricKind.Csat => new CsatRules(),
        MetricKind.Ces => new CesRules(),
        MetricKind.Rating => new RatingRules(),
        _ => throw new MetricDefinitionException("kind", $"There is no metric kind {(int)kind}."),
    };

    public virtual Direction Direction(Direction? asked) => asked switch
    {
        null => Scoring.Direction.Higher,
        Scoring.Direction.Higher or Scoring.Direction.Lower => asked.Value,
        _ => throw new MetricDefinitionException("scale.direction", "The direction is higher or lower."),
    };

    public abstract (int Min, int Max) Scale(int? min, int? max, Direction better);

    /// <summary>The sets of the scale where higher is better.</summary>
    protected abstract (int[] Positive, int[] Negative) Defaults(int min, int max);

    public (int[] Positive, int[] Negative) Sets(int min, int max, Direction better)
    {
        var (positive, negative) = Defaults(min, max);
        return better == Scoring.Direction.Higher ? (positive, negative) : (Mirrored(positive), Mirrored(negative));

        int[] Mirrored(int[] values) => [.. values.Select(v => min + max - v).Order()];
    }

    public virtual int[] Chosen(string member, IEnumerable<int>? asked, int[] usual, int min, int max)
    {
        if (asked is null)
            return usual;
        int[] chosen = [.. asked.Order()];
        foreach (var (value, index) in chosen.Select((v, i) => (v, i)))
        {
            if (value < min || value > max)
                throw new MetricDefinitionException(member, $"{value} is not on the scale {min}..{max}.");
            if (index > 0 && chosen[index - 1] == value)
                throw new MetricDefinitionException(member, $"{value} is named twice.");
        }
        return chosen;
    }

    static int[] Range(int from, int to) => [.. Enumerable.Range(from, to - from + 1)];

    sealed class NpsRules : MetricRules
    {
        public override Direction Direction(Direction? asked) => base.Direction(asked) == Scoring.Direction.Higher
            ? Scoring.Direction.Higher
            : throw new MetricDefinitionException("scale.direction", "In an NPS higher is better.");

        public override (int Min, int Max) Scale(int? min, int? max, Direction better)
        {
            if (max is not (null or 10))
                throw new MetricDefinitionException("scale.max", "An NPS scale ends at 10.");
            if (min is not (null or 0 or 1))
                throw new MetricDefinitionException("scale.min", "An NPS scale starts at 0 or at 1.");
            return (min ?? 0, 10);
        }

        protected override (int[] Positive, int[] Negative) Defaults(int min, int max) => ([9, 10], Range(min, 6));

        public override int[] Chosen(string member, IEnumerable<int>? asked, int[] usual, int min, int max) =>
            base.Chosen(member, asked, usual, min, max).SequenceEqual(usual)
                ? usual
                : throw new MetricDefinitionException(member, $"In an NPS this set is always {string.Join(", ", usual)}.");
    }

    sealed class CsatRules : MetricRules
    {
        public override (int Min, int Max) Scale(int? min, int? max, Direction better)
        {
            if (min is not (null or 1))
                throw new MetricDefinitionException("scale.min", "A CSAT scale starts at 1.");
            if (max is not (null or 2 or 3 or 4 or 5 or 7 or 10))
                throw new MetricDefinitionException("scale.max", "A CSAT scale ends at 2, 3, 4, 5, 7 or 10; for another, use a rating.");
            return (1, max ?? 5);
        }

        protected override (int[] Positive, int[] Negative) Defaults(int min, int max) =>
            max <= 3 ? ([max], [1]) : ([max - 1, max], [1, 2]);
    }

    sealed class CesRules : MetricRules
    {
        public override (int Min, int Max) Scale(int? min, int? max, Direction better)
        {
            if (min is not (null or 1))
                throw new MetricDefinitionException("scale.min", "A CES scale starts at 1.");
            if (max is not (null or 5 or 7))
                throw new MetricDefinitionException("scale.max", "A CES scale ends at 5 or 7; for another, use a rating.");
            return (1, max ?? (better == Scoring.Direction.Higher ? 7 : 5));
        }

        protected override (int[] Positive, int[] Negative) Defaults(int min, int max) =>
            max == 7 ? ([5, 6, 7], [1, 2, 3]) : ([4, 5], [1, 2]);
    }

    sealed class RatingRules : MetricRules
    {
        public override (int Min, int Max) Scale(int? min, int? max, Direction better)
        {
            var low = Limited("scale.min", min);
            var high = Limited("scale.max", max);
            if (high <= low)
                throw new MetricDefinitionException("scale.max", $"The highest value must be above the lowest, {low}.");
            if (high - low >= MetricDefinition.MostValues)
                throw new MetricDefinitionException("scale.max", $"A scale has at most {MetricDefinition.MostValues} values; {low}..{high} has {high - low + 1}.");
            return (low, high);
        }

        protected override (int[] Positive, int[] Negative) Defaults(int min, int max) => ([], []);

        static int Limited(string member, int? value) => value switch
        {
            null => throw new MetricDefinitionException(member, "A rating needs its lowest and its highest value."),
            < MetricDefinition.LowestValue or > MetricDefinition.HighestValue => throw new MetricDefinitionException(
                member, $"A scale lies within {MetricDefinition.LowestValue}..{MetricDefinition.HighestValue}."),
            _ => value.Value,
        };
    }
}
