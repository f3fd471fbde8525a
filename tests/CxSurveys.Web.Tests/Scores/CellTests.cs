using CxSurveys.Web.Features.Scores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Scores;

public sealed class CellTests(CxApp app) : IClassFixture<CxApp>
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task Verify_finds_a_difference_made_by_hand_and_rebuild_mends_it()
    {
        await admin.PublishSmallAsync();
        await admin.ImportAsync([Given.Line("after-delivery", new { recommend = 0 }, segment: new { country = "ID" }), Given.Line("after-delivery", new { recommend = 10 })]);
        Assert.Equal(0, await app.VerifyAsync());

        await app.Services.GetRequiredService<CellFolder>().FoldAsync(Ct);
        await ExecuteAsync("update cell set count = count + 1 where value = 0 and segment_id > 0");
        var output = new StringWriter();
        Assert.Equal(1, await app.WithDbAsync(db => VerifyScores.RunAsync(db, output, Ct)));
        Assert.Matches(@"^cells \d+, differences 1\n  question \d+, segment \d+, day 2026-02-16, place 2, value 0: stored 2 \(\d of customers\), counted 1 \(\d\)\n$", output.ToString());

        await ExecuteAsync("delete from cell where value = 10");
        Assert.Equal(1, await app.VerifyAsync());
        Assert.Equal(0, await app.WithDbAsync(db => RebuildScores.RunAsync(db, TextWriter.Null, Ct)));
        Assert.Equal(0, await app.VerifyAsync());
    }

    [Fact]
    public async Task Cells_change_only_inside_a_transaction() => await Assert.ThrowsAsync<InvalidOperationException>(() => app.WithDbAsync(async db =>
    {
        await CellStore.AppendAsync(db, [], 1, Ct);
        return 0;
    }));

    [Fact]
    public async Task Each_combination_of_attributes_has_one_id_however_often_and_in_whatever_order_it_comes()
    {
        var store = app.Services.GetRequiredService<SegmentStore>();
        Dictionary<string, string> one = new() { ["a"] = "1", ["b"] = "2" }, turned = new() { ["b"] = "2", ["a"] = "1" };
        int[] ids = [.. await store.IdsAsync([new(one, null, null)], Ct), .. await store.IdsAsync([new(turned, null, null)], Ct)];
        Assert.Equal(ids[0], ids[1]);

        // Alike when written down one after the other, but not the same.
        SegmentKey[] others = [
            new(one, "en", null), new(one, null, "en"), new(new Dictionary<string, string> { ["a"] = "1b", [""] = "2" }, null, null),
            new(new Dictionary<string, string> { ["language"] = "en" }, null, null), new(new Dictionary<string, string>(), "en", null), new(one, "", null)];
        var found = await store.IdsAsync(others, Ct);
        Assert.Equal(others.Length + 1, found.Append(ids[0]).Distinct().Count());
        Assert.DoesNotContain(Segment.All, found);

        var fresh = new SegmentStore(app.Services.GetRequiredService<IServiceScopeFactory>());
        Assert.Equal(found, await fresh.IdsAsync(others, Ct));
        var racing = Enumerable.Range(0, 20).Select(i => new SegmentKey(new Dictionary<string, string> { ["race"] = $"{i}" }, null, null)).ToList();
        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => new SegmentStore(app.Services.GetRequiredService<IServiceScopeFactory>()).IdsAsync(racing, Ct)));
        Assert.All(runs, run => Assert.Equal(runs[0], run));
    }

    Task<int> ExecuteAsync(string sql) => app.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct));
}
