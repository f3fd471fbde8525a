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
    /// joins them (the first of equals), until that is mended or no row is left. Then ask <see cref="WithholdTotal"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of answers is negative, or the minimum is below 1.</exception>
    /// <remarks>Source: complementary suppression, as in Hundepool et al., Statistical Disclosure Control, 2012.</remarks>
    public static IReadOnlyList<bool> Withhold(IReadOnlyList<long> n, int minimumN)
    {
        Require(n, minimumN);
        bool[] withheld = [.. n.Select(count => IsFew(count, minimumN))];
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
    /// <see cref="Withhold"/> ran out of rows, or the rows leave out a few answers, and the total would give those away.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of answers is negative, or the minimum is below 1.</exception>
    public static bool WithholdTotal(IReadOnlyList<long> rowN, long totalN, int minimumN)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalN);
        var unlisted = Math.Max(0, totalN - rowN.Sum());
        var unseen = Hidden(rowN, Withhold(rowN, minimumN)) + unlisted;
        return IsFew(totalN, minimumN) || IsFew(unseen, minimumN);
    }

    static bool IsFew(long n, int minimumN) => n > 0 && n < minimumN;

    static long Hidden(IReadOnlyList<long> n, IReadOnlyList<bool> withheld) => n.Where((_, row) => withheld[row]).Sum();

    static void Require(IReadOnlyList<long> n, int minimumN)
    {
        ArgumentNullException.ThrowIfNull(n);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumN, 1);
        foreach (var count in n)
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(n));
    }
}
