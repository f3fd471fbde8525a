using System.Threading.Channels;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Platform;
using Npgsql;

namespace CxSurveys.Web.Features.Responses;

/// <summary>A response that passed every check and may be stored.</summary>
public sealed record NewResponse
{
    public required Guid Id { get; init; }
    public required int VersionId { get; init; }
    public int? TouchpointId { get; init; }
    public Customer? Customer { get; init; }
    public required SegmentKey Segment { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public ResponseState State { get; init; }

    /// <summary>What was noticed when it came in; what the answers say themselves is added when it is stored.</summary>
    public ResponseFlags Flags { get; init; }
    public required byte[] ContextHash { get; init; }
    public required IReadOnlyList<NewAnswer> Answers { get; init; }

    /// <summary>The id is an invitation's, which is then answered.</summary>
    public bool IsInvited { get; init; }
}

public sealed record Customer(string Id, string? Email = null, string? Name = null, string? Language = null);

/// <summary>An answered question: exactly one of the three is set. A skipped question is simply not in the list.</summary>
public sealed record NewAnswer(int QuestionId, short? Value = null, string? Text = null, IReadOnlyList<string>? Options = null);

public enum Intake
{
    Stored,

    /// <summary>The id is known with the same content: nothing to do.</summary>
    SameAgain,

    /// <summary>The id is known with other content: nothing was stored.</summary>
    OtherContent,

    /// <summary>The id is an invitation's, and the response was not checked as its answer: nothing was stored.</summary>
    Invited,

    /// <summary>Too much at once, or the database is away or slow: it may or may not be stored; send it again.</summary>
    Busy,
}

/// <summary>
/// The only writer of answers. Single responses queue in a bounded channel and are stored by the batch, so that one commit
/// pays for many; a call returns after that commit.
/// </summary>
public sealed class ResponseIntake(ResponseStore store, IServiceScopeFactory scopes, ILogger<ResponseIntake> log) : BackgroundService
{
    const int QueueLength = 4096, MaxBatch = 256, Changers = 2, MaxAttempts = 4;

    /// <summary>A sender is told to come again rather than kept: of a locked table it hears within three seconds.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.Wait });

    readonly SemaphoreSlim changes = new(Changers);

    sealed record Waiting(NewResponse Response, TaskCompletionSource<Intake> Done);

    public Task<Intake> StoreAsync(NewResponse response, CancellationToken ct)
    {
        var waiting = new Waiting(response, new TaskCompletionSource<Intake>(TaskCreationOptions.RunContinuationsAsynchronously));
        return queue.Writer.TryWrite(waiting) ? ToldInTimeAsync(waiting.Done.Task, ct) : Task.FromResult(Intake.Busy);
    }

    // What waits goes on waiting to be stored; sent again it is the same response.
    static async Task<Intake> ToldInTimeAsync(Task<Intake> done, CancellationToken ct)
    {
        await Task.WhenAny(done, Task.Delay(Patience, ct));
        return done.IsCompleted ? await done : Intake.Busy;
    }

    /// <summary>Stores many at once, in one transaction; outcomes are in the order given.</summary>
    /// <exception cref="NpgsqlException">The database is away or refuses: nothing of the batch was stored.</exception>
    public async Task<IReadOnlyList<Intake>> StoreBatchAsync(IReadOnlyList<NewResponse> batch, CancellationToken ct)
    {
        await using var connection = store.Connection();
        return await StoreBatchAsync(connection, batch, ct);
    }

    /// <summary>Counts a response or puts it into quarantine, as somebody decided; false when there is none that could be counted.</summary>
    public Task<bool> DecideAsync(Guid id, ResponseState state, CancellationToken ct) => SetStateAsync(id, (_, flags) => (state, flags | ResponseFlags.ByHand), ct);

    /// <summary>Moves a response between counted and quarantine; see <see cref="ResponseStateChange"/>.</summary>
    public Task<bool> SetStateAsync(Guid id, Func<ResponseState, ResponseFlags, (ResponseState, ResponseFlags)> next, CancellationToken ct) =>
        OneOfFewAsync(services => services.GetRequiredService<ResponseStateChange>().RunAsync(id, next, ct), ct);

    /// <summary>Replaces the answers of a stored response; day, place and segment stay, and so does the value of a scale question without a new one.</summary>
    /// <param name="id">The response's.</param>
    /// <param name="answers">The new ones.</param>
    /// <param name="seen">The <see cref="StoredResponse.Stamp"/> of the answers they replace; null = whatever is stored.</param>
    /// <param name="ct">Gives up.</param>
    public Task<Change> ChangeAsync(Guid id, IReadOnlyList<NewAnswer> answers, string? seen, CancellationToken ct) =>
        OneOfFewAsync(services => services.GetRequiredService<ResponseChange>().RunAsync(id, answers, seen, ct), ct);

    // A few at a time: many at once would take every connection from those who store and read.
    async Task<T> OneOfFewAsync<T>(Func<IServiceProvider, Task<T>> work, CancellationToken ct)
    {
        await changes.WaitAsync(ct);
        try
        {
            return await AgainAfterDeadlockAsync(async () =>
            {
                await using var scope = scopes.CreateAsyncScope();
                return await work(scope.ServiceProvider);
            });
        }
        finally
        {
            changes.Release();
        }
    }

    Task<IReadOnlyList<Intake>> StoreBatchAsync(NpgsqlConnection connection, IReadOnlyList<NewResponse> batch, CancellationToken ct) =>
        AgainAfterDeadlockAsync(() => store.StoreAsync(connection, batch, ct));

    // A change adds to cells it has not locked before, so it can meet another writer crosswise. PostgreSQL then undoes one of the
    // two as a whole; trying it again is safe.
    async Task<T> AgainAfterDeadlockAsync<T>(Func<Task<T>> work)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (Exception e) when (attempt < MaxAttempts && e.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected })
            {
                log.LogInformation("Two writers met crosswise; trying again");
            }
        }
    }

    // One writer: a second one only waited for the first one's cells, and made its batches smaller (2 processors: 10 % fewer a second).
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WriteAsync();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Requests in flight have ended when hosted services stop; what still waits is stored before the writer ends.
        queue.Writer.TryComplete();
        if (ExecuteTask is { } writer) await writer.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    // No token: what was taken in is stored, also while the app stops; the queue's end is the writer's end.
    async Task WriteAsync()
    {
        // Its own: the pool may be exhausted by those who read.
        await using var connection = store.Connection();
        var batch = new List<Waiting>(MaxBatch);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < MaxBatch && queue.Reader.TryRead(out var waiting)) batch.Add(waiting);
            if (batch.Count > 0) await AnswerAsync(connection, batch);
            batch.Clear();
        }
    }

    async Task AnswerAsync(NpgsqlConnection connection, List<Waiting> batch)
    {
        try
        {
            var outcomes = await StoreBatchAsync(connection, [.. batch.Select(w => w.Response)], CancellationToken.None);
            for (int i = 0; i < batch.Count; i++) batch[i].Done.TrySetResult(outcomes[i]);
        }
        catch (Exception e) when (DatabaseFailure.MayPass(e))
        {
            log.LogWarning(e, "Storing {Count} responses failed for now; their senders are told to try again", batch.Count);
            batch.ForEach(w => w.Done.TrySetResult(Intake.Busy));
        }
        catch (Exception) when (batch.Count > 1)
        {
            // One of them is refused by the database: the others must not suffer for it.
            foreach (var waiting in batch) await AnswerAsync(connection, [waiting]);
        }
        catch (Exception e)
        {
            batch[0].Done.TrySetException(e);
        }
    }
}
