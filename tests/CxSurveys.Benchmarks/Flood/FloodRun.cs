using Npgsql;

namespace CxSurveys.Benchmarks.Flood;

/// <summary>
/// People answer an open link while scripts flood it ten times as often: above 99.9 % of the people's answers are counted, under 5 % of the
/// flood's, the rest of it is kept apart, and nothing is lost.
/// </summary>
internal static class FloodRun
{
    const int ScriptsPerPerson = 10, Offices = 20, ScriptAddresses = 250;
    const double WithoutScript = 0.03, InAnOffice = 0.3;

    public static async Task<int> RunAsync(bool isLong, CancellationToken ct)
    {
        int people = isLong ? 10_000 : 500;
        var lasts = isLong ? TimeSpan.FromMinutes(12) : TimeSpan.FromSeconds(40);
        using var folder = new AppFolder();
        string key = await folder.CreateKeyAsync(ct);
        await using var app = await folder.StartBehindProxyAsync(ct);
        using var admin = app.Client(key);
        await SmallSurvey.PublishAsync(admin, ct);

        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 96 }) { Timeout = TimeSpan.FromMinutes(3) };
        var survey = app.Address($"s/{SmallSurvey.Key}");
        var visits = Enumerable.Range(0, people).Select(i => PersonAsync(i)).Concat(Enumerable.Range(0, people * ScriptsPerPerson).Select(i => ScriptAsync(i))).ToList();
        await Task.WhenAll(visits);
        return await TellAsync(folder, people, people * ScriptsPerPerson, ct);

        async Task PersonAsync(int number)
        {
            var own = new Random(number);
            await Task.Delay(lasts * own.NextDouble(), ct);
            string address = own.NextDouble() < InAnOffice ? $"203.0.113.{own.Next(Offices)}" : $"100.{64 + number / 65_536}.{number / 256 % 256}.{number % 256}";
            await new Visitor(client, survey, address, $"person {number}", own).AnswerAsPersonAsync(own.NextDouble() >= WithoutScript, ct);
        }

        async Task ScriptAsync(int number)
        {
            var own = new Random(-1 - number);
            await Task.Delay(lasts * own.NextDouble(), ct);
            await new Visitor(client, survey, $"198.51.100.{own.Next(ScriptAddresses)}", $"script {number}", own).AnswerAsScriptAsync(ct);
        }
    }

    static async Task<int> TellAsync(AppFolder folder, int people, int scripts, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(DatabaseAddress.Of(folder).ConnectionString);
        var (peopleCounted, peopleStored) = await CountAsync(database, "person", ct);
        var (scriptsCounted, scriptsStored) = await CountAsync(database, "script", ct);
        var (exitCode, cells) = await folder.RunAsync(["verify"], ct);
        var table = new Table("who", "visits", "stored", "counted", "per cent");
        table.Add("people", people, peopleStored, peopleCounted, 100.0 * peopleCounted / people);
        table.Add("flood", scripts, scriptsStored, scriptsCounted, 100.0 * scriptsCounted / scripts);
        table.Promise(peopleCounted > 0.999 * people, $"above 99.9 % of the people's answers are counted: {100.0 * peopleCounted / people:0.00} %");
        table.Promise(scriptsCounted < 0.05 * scripts, $"under 5 % of the flood's are: {100.0 * scriptsCounted / scripts:0.00} %");
        table.Promise(peopleStored == people && scriptsStored == scripts, $"none is lost: the others are kept apart, to be released");
        table.Promise(exitCode == 0, $"verify: {cells}");
        return table.Print();
    }

    static async Task<(long Counted, long Stored)> CountAsync(NpgsqlDataSource database, string who, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select count(*) filter (where r.state = 0), count(*) from response r join answer a on a.response_id = r.id where a.text like $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = who + " %" });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
