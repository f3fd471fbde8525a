using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.People;

/// <summary>Who is shown in the list.</summary>
public enum Whom
{
    All,

    /// <summary>By email: there is an address, no opt-out and no refusal.</summary>
    May,

    OptedOut,
    NoConsent,
    NoAddress,
}

/// <summary>The people of the company, in the order of their ids, a page at a time.</summary>
public sealed class PeopleList(CxDbContext db)
{
    public const int PageSize = 50;
    const int MaxWords = 10;

    public sealed record Counts(long All, long May, long OptedOut, long NoConsent, long NoAddress)
    {
        public long Of(Whom whom) => whom switch { Whom.May => May, Whom.OptedOut => OptedOut, Whom.NoConsent => NoConsent, Whom.NoAddress => NoAddress, _ => All };
    }

    /// <param name="Count">Of all pages.</param>
    /// <param name="Next">The id the next page starts behind; null on the last.</param>
    public sealed record Page(IReadOnlyList<Person> People, long Count, string? Next);

    public async Task<Counts> CountAsync(CancellationToken ct) =>
        await db.Set<Person>().GroupBy(_ => 1).Select(all => new Counts(
            all.LongCount(),
            all.LongCount(p => p.OptedOutAt == null && p.EmailConsent != false && p.Email != null),
            all.LongCount(p => p.OptedOutAt != null),
            all.LongCount(p => p.EmailConsent == false),
            all.LongCount(p => p.Email == null))).SingleOrDefaultAsync(ct) ?? new Counts(0, 0, 0, 0, 0);

    /// <param name="words">Each is somewhere in the name, the address or the id.</param>
    /// <param name="after">The id of the last person of the page before.</param>
    public async Task<Page> ReadAsync(string? words, Whom whom, string? after, Counts counts, CancellationToken ct)
    {
        if (!TextRules.IsStorable(words) || !TextRules.IsStorable(after)) return new Page([], 0, null);
        var found = Named(Are(db.Set<Person>().AsNoTracking(), whom), words);
        var behind = after is null ? found : found.Where(p => p.Key.CompareTo(after) > 0);
        // One more than shown tells whether there is a next page.
        var people = await behind.OrderBy(p => p.Key).Take(PageSize + 1).ToListAsync(ct);
        bool isWhole = after is null && people.Count <= PageSize;
        long count = isWhole ? people.Count : string.IsNullOrWhiteSpace(words) ? counts.Of(whom) : await found.LongCountAsync(ct);
        return new Page(people[..Math.Min(people.Count, PageSize)], count, people.Count > PageSize ? people[PageSize - 1].Key : null);
    }

    static IQueryable<Person> Are(IQueryable<Person> people, Whom whom) => whom switch
    {
        Whom.May => people.Where(p => p.OptedOutAt == null && p.EmailConsent != false && p.Email != null),
        Whom.OptedOut => people.Where(p => p.OptedOutAt != null),
        Whom.NoConsent => people.Where(p => p.EmailConsent == false),
        Whom.NoAddress => people.Where(p => p.Email == null),
        _ => people,
    };

    static IQueryable<Person> Named(IQueryable<Person> people, string? words)
    {
        foreach (string word in (words ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MaxWords))
        {
            string pattern = $"%{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            people = people.Where(p => EF.Functions.ILike(p.Key, pattern, "\\") || EF.Functions.ILike(p.Name!, pattern, "\\") || EF.Functions.ILike(p.Email!, pattern, "\\"));
        }
        return people;
    }
}
