namespace CxSurveys.Web.Features.Surveys.Versions;

/// <summary>
/// The lines of questions: what may be counted together. A line is one wording, or several that are marked as the same measure; it is
/// named by the number of its first version. Only questions of one survey, key and metric definition are ever in one.
/// </summary>
public static class WordingLines
{
    /// <summary>A question of one version, as far as lines go.</summary>
    /// <param name="GoesOnWith">The first question of the same wording; null = this one.</param>
    public readonly record struct Member(int Id, int? GoesOnWith, int Version)
    {
        /// <summary>Names the wording.</summary>
        public int Root => GoesOnWith ?? Id;
    }

    /// <returns>For each question the first version of its line.</returns>
    public static Dictionary<int, int> Of(IReadOnlyCollection<Member> questions, IEnumerable<(int One, int Other)> marks)
    {
        var line = questions.Select(q => q.Root).Distinct().ToDictionary(root => root);
        foreach (var (one, other) in marks)
        {
            if (!line.TryGetValue(one, out var from) || !line.TryGetValue(other, out var to) || from == to) continue;
            foreach (var root in line.Where(l => l.Value == from).Select(l => l.Key).ToList()) line[root] = to;
        }
        var first = questions.GroupBy(q => line[q.Root]).ToDictionary(l => l.Key, l => l.Min(q => q.Version));
        return questions.ToDictionary(q => q.Id, q => first[line[q.Root]]);
    }

    /// <summary>
    /// The mark because of which two wordings are in one line: without it they would be in two. Of several on the way from one to the
    /// other the nearest to the first; null when they are in two anyway.
    /// </summary>
    /// <param name="questions">All of the survey.</param>
    /// <param name="marks">Those that hold.</param>
    /// <param name="one">A wording, by its first question.</param>
    /// <param name="other">The other one, likewise.</param>
    public static WordingMark? MarkBetween(IReadOnlyCollection<Member> questions, IReadOnlyList<WordingMark> marks, int one, int other)
    {
        bool AreOne(IEnumerable<WordingMark> among) => Of(questions, among.Select(m => (m.QuestionId, m.EarlierId))) is var lines && lines[one] == lines[other];
        return one == other || !AreOne(marks)
            ? null
            : marks.OrderByDescending(m => m.QuestionId == one || m.EarlierId == one).FirstOrDefault(m => !AreOne(marks.Where(left => left != m)));
    }
}
