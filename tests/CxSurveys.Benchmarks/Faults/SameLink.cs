using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CxSurveys.Benchmarks.Faults;

/// <summary>
/// Many submits of one personal link at the same instant, over the API and the page, to two processes on one database: one row a link, the same
/// answer for the same content, 409 for other content over the API, and on the page a change.
/// </summary>
internal static class SameLink
{
    sealed record Link(Guid Id, Uri Page, int Score);

    public static async Task RunAsync(World world, Table table, bool isLong, CancellationToken ct)
    {
        int links = isLong ? 200 : 20, submits = isLong ? 500 : 50;
        await using var second = await world.Folder.StartAsync(ct, DatabaseAddress.Of(world.Folder).ConnectionString + ";Maximum Pool Size=20");
        AppProcess[] apps = [world.App!, second];
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 64 }) { Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", world.Key);

        long before = await CountAsync(world, ct);
        var wrong = new ConcurrentBag<string>();
        for (int i = 0; i < links; i++)
        {
            var link = await InviteAsync(client, apps[i % 2], i, ct);
            var start = new TaskCompletionSource();
            var all = Enumerable.Range(0, submits).Select(n => SubmitAsync(n)).ToArray();
            start.SetResult();
            var answers = await Task.WhenAll(all);
            if (answers.Where(a => a.IsApi).Select(a => a.Body).Distinct().Count() != 1 || answers.Count(a => a.Status == 201) > 1)
                wrong.Add("the same content was answered in more than one way");
            await ChangeAsync(link, wrong);

            async Task<(bool IsApi, int Status, string Body)> SubmitAsync(int n)
            {
                await start.Task;
                return n % 4 < 2 ? await ApiAsync(client, apps[n % 2], link, link.Score, wrong, 200, 201) : await PageAsync(client, apps[n % 2], link, link.Score, wrong);
            }
        }
        long stored = await CountAsync(world, ct) - before;
        var (exitCode, cells) = await world.Folder.RunAsync(["verify"], ct);
        table.Promise(stored == links && exitCode == 0, $"{links} links, {submits} submits of each at once by page and API of two processes: {stored} rows; verify: {cells}");
        table.Promise(wrong.IsEmpty, $"the same content was answered alike, other content with 409 over the API and as a change on the page{(wrong.IsEmpty ? "" : ": " + wrong.First())}");

        async Task ChangeAsync(Link link, ConcurrentBag<string> wrong)
        {
            int other = (link.Score + 1) % 11;
            await ApiAsync(client, apps[0], link, other, wrong, 409);
            await PageAsync(client, apps[1], link, other, wrong);
            await ApiAsync(client, apps[0], link, other, wrong, 200);
        }
    }

    static async Task<Link> InviteAsync(HttpClient client, AppProcess app, int number, CancellationToken ct)
    {
        using var body = Json($$"""{ "survey": "{{SmallSurvey.Key}}", "customer": { "id": "link-{{number}}", "email": "link-{{number}}@example.com" } }""");
        using var answer = await client.PostAsync(app.Address("api/v1/invitations"), body, ct);
        using var read = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ct));
        if (!read.RootElement.TryGetProperty("link", out var link)) throw new InvalidOperationException("Not invited: " + read.RootElement);
        return new Link(read.RootElement.GetProperty("id").GetGuid(), new Uri(link.GetString()!), number % 11);
    }

    static async Task<(bool, int, string)> ApiAsync(HttpClient client, AppProcess app, Link link, int score, ConcurrentBag<string> wrong, params int[] expected)
    {
        using var body = Json($$$"""{"id":"{{{link.Id}}}","survey":"{{{SmallSurvey.Key}}}","answers":{"recommend":{{{score}}}}}""");
        using var answer = await client.PostAsync(app.Address("api/v1/responses"), body);
        string text = await answer.Content.ReadAsStringAsync();
        if (!expected.Contains((int)answer.StatusCode)) wrong.Add($"API {(int)answer.StatusCode}: {text}");
        return (true, (int)answer.StatusCode, text);
    }

    static async Task<(bool, int, string)> PageAsync(HttpClient client, AppProcess app, Link link, int score, ConcurrentBag<string> wrong)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["recommend"] = $"{score}" });
        using var answer = await client.PostAsync(app.Address(link.Page.AbsolutePath.TrimStart('/')), form);
        if ((int)answer.StatusCode != 303) wrong.Add($"page {(int)answer.StatusCode}");
        return (false, (int)answer.StatusCode, "");
    }

    static async Task<long> CountAsync(World world, CancellationToken ct)
    {
        await using var database = Database.Of(world.Folder);
        return await database.ReadAsync<long>("select count(*) from response", ct);
    }

    static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
