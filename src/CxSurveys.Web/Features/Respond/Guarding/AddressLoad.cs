using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Respond.Guarding;

/// <summary>
/// How much one address sends to one survey. It makes proofs harder, never impossible: behind one address may sit a whole office.
/// </summary>
public sealed class AddressLoad(TimeProvider clock)
{
    /// <summary>Leading zero bits of a proof: a blink on a phone at first, seconds for what an office sends at once.</summary>
    public const int FewestBits = 16, MostBits = 20;

    /// <summary>Within <see cref="Window"/>; each doubling beyond asks for a bit more.</summary>
    const int Ordinary = 20;

    /// <summary>Those without script prove by waiting: so many from one address, and to one survey in a minute.</summary>
    const int WaitersPerAddress = 20, WaitersPerMinute = 60;

    static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    readonly RecentCounts answers = new(Window, clock), waiters = new(Window, clock), allWaiters = new(TimeSpan.FromMinutes(1), clock);

    public void Note(string survey, HttpContext http) => answers.Add(Key(survey, http));

    /// <summary>What a proof from this address needs now.</summary>
    public int Bits(string survey, HttpContext http) =>
        Math.Min(MostBits, FewestBits + (int)Math.Log2(Math.Max(1, answers.Of(Key(survey, http)) / Ordinary)));

    /// <summary>Takes one of the places for those who waited; false when there is none left for now.</summary>
    public bool LetWaiterIn(string survey, HttpContext http)
    {
        var key = Key(survey, http);
        if (waiters.Of(key) >= WaitersPerAddress || allWaiters.Of(survey) >= WaitersPerMinute) return false;
        waiters.Add(key);
        allWaiters.Add(survey);
        return true;
    }

    static string Key(string survey, HttpContext http) => $"{survey} {ClientAddress.Of(http)}";
}
