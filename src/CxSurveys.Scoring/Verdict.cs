namespace CxSurveys.Scoring;

/// <summary>
/// What a comparison of <c>a</c> with <c>b</c> says about the numbers, not about good or bad:
/// on a scale where lower is better, <see cref="Lower"/> is the good news.
/// </summary>
public enum Verdict
{
    /// <summary><c>a</c> is lower than <c>b</c>: the interval leaves out 0 and the test agrees.</summary>
    Lower,

    /// <summary>The answers at hand do not tell <c>a</c> and <c>b</c> apart.</summary>
    NotDistinguishable,

    /// <summary><c>a</c> is higher than <c>b</c>: the interval leaves out 0 and the test agrees.</summary>
    Higher,
}
