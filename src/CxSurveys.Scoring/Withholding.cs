namespace CxSurveys.Scoring;

/// <summary>
/// Which rows of a table keep their score to themselves because too few people answered. The total stands under the table,
/// so a single withheld row, or a few with hardly any answers together, could be had back by taking the shown rows from it:
/// then a neighbour is withheld too. Rows without answers have nothing to withhold.
/// </summary>
public static class Withholding
{
    /// <summary>Decides for the rows of one table whose total is shown.</summary>
    /// <param name="n">Answers of each row, 0 or more; together they are those of the total.</param>
    /// <param name="minimumN">From how many answers on a score is shown, 1 or more; 1 withholds nothing.</param>
    /// <returns>
    /// For each row whether it is withheld. Rows with 1 to <paramref name="minimumN"/> - 1 answers are; while the withheld have
    /// fewer than <paramref name="minimumN"/> answers together (as a single one always has), the smallest shown row with answers
    /// joins them (the first of equals), until that is mended or no row is left. Then ask <see cref="WithholdTotal(IReadOnlyList{long}, long, int)"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of answers is negative, or the minimum is below 1.</exception>
    /// <remarks>Source: complementary suppression, as in Hundepool et al., Statistical Disclosure Control, 2012.</remarks>
    public static IReadOnlyList<bool> Withhold(IReadOnlyList<long> n, int minimumN) => Withhold(n, new bool[n?.Count ?? 0], minimumN);

    /// <summary>The same for a table some of whose rows are withheld already, for what they would reveal elsewhere.</summary>
    /// <param name="n">Answers of each row, 0 or more.</param>
    /// <param name="already">For each row whether it is withheld whatever its neighbours are.</param>
    /// <param name="minimumN">From how many answers on a score is shown, 1 or more.</param>
    /// <returns>For each row whether it is withheld.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of answers is negative, or the minimum is below 1.</exception>
    public static IReadOnlyList<bool> Withhold(IReadOnlyList<long> n, IReadOnlyList<bool> already, int minimumN)
    {
        Require(n, minimumN);
        ArgumentNullException.ThrowIfNull(already);
        bool[] withheld = [.. n.Select((count, row) => IsFew(count, minimumN) || (count > 0 && already[row]))];
        if (!withheld.Contains(true))
            return withheld;

        var hidden = Hidden(n, withheld);
        var shown = Enumerable.Range(0, n.Count).Where(row => n[row] > 0 && !withheld[row]).OrderBy(row => n[row]);
        foreach (var row in shown.ToArray())
        {
            if (hidden >= minimumN)
                break;
            withheld[row] = true;
            hidden += n[row];
        }
        return withheld;
    }

    /// <summary>Decides for the total under those rows.</summary>
    /// <param name="rowN">Answers of each row, 0 or more; none where a total stands alone.</param>
    /// <param name="totalN">Answers of the total, 0 or more. Those it has beyond its rows count as one more group that nobody sees.</param>
    /// <param name="minimumN">From how many answers on a score is shown, 1 or more; 1 withholds nothing.</param>
    /// <returns>
    /// <c>true</c> when the total has 1 to <paramref name="minimumN"/> - 1 answers itself, or when what no shown row accounts for has:
    /// <see cref="Withhold(IReadOnlyList{long}, int)"/> ran out of rows, or the rows leave out a few answers, and the total would give those away.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of answers is negative, or the minimum is below 1.</exception>
    public static bool WithholdTotal(IReadOnlyList<long> rowN, long totalN, int minimumN) =>
        WithholdTotal(rowN, new bool[rowN?.Count ?? 0], totalN, minimumN);

    /// <summary>The same for a table some of whose rows are withheld already.</summary>
    /// <param name="rowN">Answers of each row, 0 or more.</param>
    /// <param name="already">For each row whether it is withheld whatever its neighbours are.</param>
    /// <param name="totalN">Answers of the total, 0 or more.</param>
    /// <param name="minimumN">From how many answers on a score is shown, 1 or more.</param>
    /// <returns>Whether the total is withheld.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of answers is negative, or the minimum is below 1.</exception>
    public static bool WithholdTotal(IReadOnlyList<long> rowN, IReadOnlyList<bool> already, long totalN, int minimumN)
    {
        ArgumentNullException.ThrowIfNull(rowN);
        ArgumentOutOfRangeException.ThrowIfNegative(totalN);
        var unlisted = Math.Max(0, totalN - rowN.Sum());
        var unseen = Hidden(rowN, Withhold(rowN, already, minimumN)) + unlisted;
        return IsFew(totalN, minimumN) || IsFew(unseen, minimumN);
    }

    internal static bool IsFew(long n, int minimumN) => n > 0 && n < minimumN;

    static long Hidden(IReadOnlyList<long> n, IReadOnlyList<bool> withheld) => n.Where((_, row) => withheld[row]).Sum();

    static void Require(IReadOnlyList<long> n, int minimumN)
    {
        ArgumentNullException.ThrowIfNull(n);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumN, 1);
        foreach (var count in n)
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(n));
    }
}
