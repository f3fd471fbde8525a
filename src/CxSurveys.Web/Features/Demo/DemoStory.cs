using System.Buffers.Binary;

namespace CxSurveys.Web.Features.Demo;

/// <summary>One invented answered survey, before it is stored.</summary>
internal sealed class DemoResponse
{
    public required Source Source { get; init; }
    public required DateOnly Day { get; init; }
    public required TimeSpan Hour { get; init; }
    public required string Country { get; init; }
    public Guid Id { get; set; }
    public DateTimeOffset At => DemoPost.Instant(Day, Hour);
    public DemoPerson? Person { get; set; }
    public string Language { get; set; } = "";
    public string Channel => Person is not null ? "email" : Source.Touchpoint switch
    {
        "store-visit" or "showroom" or "community-evening" => Channels.Channel.Kiosk,
        "delivery" or "pickup" or "returns" => Channels.Channel.Qr,
        "ad-landing" or "product-page" or "checkout" => Channels.Channel.Widget,
        _ => Channels.Channel.Web,
    };

    /// <summary>How the person feels about the company today; draws all answers of the response the same way.</summary>
    public double Mood { get; set; }

    /// <summary>Scale values and texts by question.</summary>
    public Dictionary<string, object> Answers { get; } = [];
}

/// <summary>A year of the invented company. The same day and size give the same story, on every machine.</summary>
internal sealed class DemoStory
{
    const ulong Seed = 0x4C61_6E67_6B61_6801;   // its last byte counts changes of the story

    /// <summary>Local hours from 0; people answer at noon and after work.</summary>
    static readonly double[] Hours = [1, 0.5, 0.2, 0.1, 0.2, 0.6, 2, 4, 6, 7, 7, 8, 10, 8, 6, 6, 6, 7, 9, 11, 12, 10, 6, 3];

    readonly Dice dice;
    readonly double size;

    /// <param name="today">In the organisation's zone; the last answers are from the day before.</param>
    /// <param name="size">1 = about 60,000 answers.</param>
    public DemoStory(DateOnly today, double size = 1)
    {
        (Today, this.size, dice) = (today, size, new Dice(Seed ^ (ulong)today.DayNumber << 16));
        People = DemoPeople.Make((int)(DemoPlan.People * size), dice);
        Responses = [.. DemoPlan.Sources.SelectMany(Arrivals).OrderBy(r => r.Day).ThenBy(r => r.Hour)];
        Ask();
        foreach (var measure in DemoPlan.Measures)
            DemoLevels.Answer(measure, [.. Responses.Where(r => r.Source.Survey == measure.Survey && (measure.Touchpoint ?? r.Source.Touchpoint) == r.Source.Touchpoint)], Fall, dice);
        foreach (var response in Responses) DemoComments.Add(response, response.Day >= Fall, dice);
    }

    public DateOnly Today { get; }

    public DateOnly First => Today.AddDays(-DemoPlan.Days);

    /// <summary>From this day on delivery is worse.</summary>
    public DateOnly Fall => Today.AddDays(-DemoPlan.FallDays);

    public IReadOnlyList<DemoPerson> People { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<DemoResponse> Responses { get; }

    /// <summary>Scale values and texts together.</summary>
    public int AnswerCount => Responses.Sum(r => r.Answers.Count);

    IEnumerable<DemoResponse> Arrivals(Source source)
    {
        var shares = DemoPlan.Countries.SelectMany(c => Enumerable.Range(0, DemoPlan.Days).Select(d => (c.Code, Day: First.AddDays(d), c.Share))).OrderBy(s => s.Day)
            .Select(s => (s.Code, s.Day, Weight: s.Share * (source.Tiny ? 1 : DemoCalendar.Weight(s.Code, s.Day) * (1 + (0.12 * dice.Bell()))))).ToList();
        double wanted = source.PerYear * (source.Tiny ? 1 : size) / shares.Sum(s => s.Weight), due = dice.Unit();
        foreach (var (country, day, weight) in shares)
            for (due += weight * wanted; due >= 1; due--)
                yield return new() { Source = source, Day = day, Country = country, Hour = TimeOfDay() };
    }

    TimeSpan TimeOfDay() => new(dice.Weighted(Hours), dice.Below(60), dice.Below(60));

    /// <summary>Those asked by email take turns, so that nobody is asked too often.</summary>
    void Ask()
    {
        var turns = People.Where(p => p.Reach == Reach.Fine).GroupBy(p => DemoPlan.SmallPlans.Contains(p.Plan) ? p.Plan : p.Country).ToDictionary(g => g.Key, g =>
        {
            var queue = g.ToList();
            dice.Shuffle(queue);
            return new Queue<DemoPerson>(queue);
        });
        var feelings = People.ToDictionary(p => p, _ => dice.Bell());
        foreach (var response in Responses)
        {
            if (dice.Hits(response.Source.ByEmail) && turns.TryGetValue(response.Source.Plan ?? response.Country, out var turn))
            {
                response.Person = turn.Dequeue();
                turn.Enqueue(response.Person);
            }
            var spoken = DemoPlan.Countries.First(c => c.Code == response.Country).Languages;
            response.Language = response.Person?.Language ?? spoken[dice.Weighted([.. spoken.Select(l => l.Share)])].Language;
            response.Mood = (0.7 * (response.Person is { } known ? feelings[known] : dice.Bell())) + (0.7 * dice.Bell());
            response.Id = NewId(response);
        }
    }

    /// <summary>A UUID of version 7 out of the story's own time and dice.</summary>
    Guid NewId(DemoResponse response)
    {
        Span<byte> bytes = stackalloc byte[16];
        long milliseconds = response.At.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteInt64BigEndian(bytes, (milliseconds << 16) | 0x7000L | (long)(dice.Next() & 0xFFF));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | (dice.Next() >> 2));
        return new Guid(bytes, bigEndian: true);
    }
}
