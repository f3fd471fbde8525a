using System.Globalization;
using System.Text;
using CsvHelper;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.People.Files;

/// <summary>Reads one file that waits, batch by batch; a dry run takes each batch back.</summary>
internal sealed class PeopleFileRun(CxDbContext db, IValidator<PostedPerson> rules, TimeProvider clock)
{
    const int BatchSize = 2000;
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    sealed record Row(CsvRecord Record, PostedPerson? Person, Errors Errors);

    /// <returns>False when no file waits that another process does not hold.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        if (await ClaimAsync(ct) is not { } file) return false;
        using var rejected = new MemoryStream();
        await using var csv = new CsvWriter(new StreamWriter(rejected, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true), CultureInfo.InvariantCulture);
        Reject(csv, [.. file.Header, "problem"]);
        (file.Read, file.Accepted, file.Unchanged, file.Rejected, file.StartedAt) = (0, 0, 0, 0, clock.GetUtcNow());
        // What was checked when it was chosen.
        var columns = PersonColumns.Of(file.Columns, new Errors())!;
        byte[] content = await db.Set<PeopleFileContent>().Where(c => c.FileId == file.Id).Select(c => c.Bytes).SingleAsync(ct);
        foreach (var batch in Sheet.Read(content, file.Form).Skip(1).Chunk(BatchSize))
        {
            await StoreAsync(file, [.. batch.Select(record => Parse(record, columns, file.Header.Length))], csv, ct);
            file.LeaseUntil = clock.GetUtcNow() + Lease;
            await db.SaveChangesAsync(ct);
        }
        await csv.FlushAsync();
        (file.State, file.LeaseUntil, file.EndedAt) = (PeopleFileState.Done, null, clock.GetUtcNow());
        await db.Set<RejectedRows>().Where(r => r.FileId == file.Id).ExecuteDeleteAsync(ct);
        if (file.Rejected > 0) db.Add(new RejectedRows { FileId = file.Id, Csv = rejected.ToArray() });
        if (!file.IsDry) await UploadedFile.ForgetAsync(db, [file], ct);
        await db.SaveChangesAsync(ct);
        return true;
    }

    async Task<PeopleFile?> ClaimAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var claimed = await db.Set<PeopleFile>().FromSql($"""
            update people_file set state = {(short)PeopleFileState.Running}, lease_until = {now + Lease}
            where id = (select id from people_file where state = {(short)PeopleFileState.Waiting} or (state = {(short)PeopleFileState.Running} and lease_until <= {now})
                        order by uploaded_at limit 1 for update skip locked)
            returning *
            """).ToListAsync(ct);
        return claimed.SingleOrDefault();
    }

    Row Parse(CsvRecord record, PersonColumns columns, int width)
    {
        var errors = new Errors();
        // A spreadsheet leaves out cells at the end of a row that are empty.
        if (record.Cells.Count < width) record = record with { Cells = [.. record.Cells, .. Enumerable.Repeat("", width - record.Cells.Count)] };
        var person = columns.Person(record, errors);
        if (person is not null) errors.Add(rules.Validate(person));
        return new Row(record, errors.Any ? null : person, errors);
    }

    async Task StoreAsync(PeopleFile file, List<Row> rows, CsvWriter csv, CancellationToken ct)
    {
        var good = rows.Where(r => r.Person is not null).Select(r => r.Person!).ToList();
        var outcomes = good.Count == 0 ? [] : await UpsertAsync(good, file, ct);
        int next = 0;
        foreach (var (record, person, errors) in rows)
        {
            Upsert? outcome = person is null ? null : outcomes[next++];
            if (outcome == Upsert.TooManyAttributes) errors.Add("attributes", PostedPerson.TooMany);
            file.Read++;
            if (outcome == Upsert.Stored) file.Accepted++;
            if (outcome == Upsert.Unchanged) file.Unchanged++;
            if (!errors.Any) continue;
            file.Rejected++;
            Reject(csv, [.. record.Cells, string.Create(CultureInfo.InvariantCulture, $"Line {record.Line}: {string.Join("; ", errors.ToDictionary().Select(e => $"{e.Key} {string.Join(' ', e.Value)}".Trim()))}")]);
        }
    }

    async Task<Upsert[]> UpsertAsync(List<PostedPerson> people, PeopleFile file, CancellationToken ct)
    {
        var origin = new Origin($"file {file.Name}", clock.GetUtcNow());
        if (!file.IsDry) return await PeopleSql.UpsertAsync(db, people, origin, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var outcomes = await PeopleSql.UpsertAsync(db, people, origin, ct);
        await transaction.RollbackAsync(ct);
        return outcomes;
    }

    static void Reject(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (string cell in cells) csv.WriteField(SpreadsheetCell.Guarded(cell));
        csv.NextRecord();
    }
}

/// <summary>Imports files as they come, beside everything else; of a process that died another one takes its file over.</summary>
internal sealed class PeopleFileWorker(IServiceScopeFactory scopes, ILogger<PeopleFileWorker> log) : BackgroundService
{
    static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(1), AfterFailure = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            bool fine = await TryAsync(stoppingToken);
            await Task.Delay(fine ? LooksEvery : AfterFailure, TimeProvider.System, stoppingToken);
        }
    }

    async Task<bool> TryAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await using var scope = scopes.CreateAsyncScope();
                if (!await scope.ServiceProvider.GetRequiredService<PeopleFileRun>().RunAsync(ct)) return true;
            }
        }
        catch (Exception problem) when (!ct.IsCancellationRequested)
        {
            log.LogError(problem, "Importing a file of people failed; it is tried again");
            return false;
        }
    }
}
