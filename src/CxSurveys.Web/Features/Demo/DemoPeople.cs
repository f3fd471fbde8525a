namespace CxSurveys.Web.Features.Demo;

internal sealed record DemoPerson(string Key, string Name, string Email, string Language, string Country, string Plan, Reach Reach);

/// <summary>Whether a person may be asked by email, and if not, why.</summary>
internal enum Reach { Fine, NoConsent, OptedOut, NoAddress }

/// <summary>Invented customers; their addresses end in <c>.example</c>, which no mail can reach.</summary>
internal static class DemoPeople
{
    const int InSmallPlan = 10, FirstNumber = 10_001;

    static readonly double[] Reaches = [0.955, 0.02, 0.015, 0.01];

    public static List<DemoPerson> Make(int count, Dice dice)
    {
        var people = new List<DemoPerson>(count);
        double[] countries = [.. DemoPlan.Countries.Select(c => c.Share)], plans = [.. DemoPlan.Plans.Select(p => p.Share)];
        for (int i = 0; i < count; i++)
        {
            var country = DemoPlan.Countries[dice.Weighted(countries)];
            var language = country.Languages[dice.Weighted([.. country.Languages.Select(l => l.Share)])].Language;
            var plan = i < InSmallPlan * DemoPlan.SmallPlans.Length ? DemoPlan.SmallPlans[i / InSmallPlan] : DemoPlan.Plans[dice.Weighted(plans)].Name;
            var names = DemoFiles.People[country.Code];
            var (first, last) = (dice.Of(names.First), dice.Of(names.Last));
            people.Add(new($"c-{FirstNumber + i}", $"{first} {last}", Address(first, last, FirstNumber + i), language, country.Code, plan, (Reach)dice.Weighted(Reaches)));
        }
        return people;
    }

    // A number in each, so that no two are the same.
    static string Address(string first, string last, int number)
    {
        string local = $"{first}.{last}".Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return $"{(local.All(char.IsAscii) ? local : "customer")}.{number}@mail.example";
    }
}
