using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CxSurveys.Web.Tests.Scores;

/// <summary>The app in some later year: worked cases lie in days to come.</summary>
public sealed class LaterApp(TestPostgres postgres) : CxApp(postgres)
{
    protected override void Configure(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new Later()));

    sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddYears(4);
    }
}

public sealed class DaysTests(LaterApp app) : IClassFixture<LaterApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task A_response_counts_on_the_local_day_of_the_organisations_zone_in_force()
    {
        var cases = Given.Cases("days.json").ToList();
        await admin.PublishAsync("days", """{ "name": "N", "languages": ["en"], "questions": [ { "key": "rate", "kind": "nps", "text": { "en": "Recommend?" } } ] }""");
        await admin.SetAsync(new { minimumN = 1 });
        await admin.ImportAsync([.. cases.Select((c, i) => Given.Line("days", new { rate = 9 }, segment: new { number = $"{i}" }, at: (string)c["input"]!["instant"]!))]);

        foreach (var zone in cases.Select((c, i) => (Zone: (string)c["input"]!["timeZone"]!, Day: (string)c["expected"]!["day"]!, Number: i)).GroupBy(c => c.Zone))
        {
            await admin.SetAsync(new { timeZone = zone.Key });
            foreach (var (_, day, number) in zone)
                Assert.Equal([day], (await admin.ReadAsync($"/scores?kind=nps&by=day&segment.number={number}")).Keys());
            Assert.Equal(0, await app.VerifyAsync());
        }
    }
}
