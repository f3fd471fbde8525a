using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Npgsql;

namespace CxSurveys.Web.Features.Responses;

/// <summary>A response that passed every check and may be stored.</summary>
public sealed record NewResponse
{
    public required Guid Id { get; init; }
    public required PublishedVersion Version { get; init; }
    public int? TouchpointId { get; init; }
    public Customer? Customer { get; init; }
    public required SegmentKey Segment { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public ResponseState State { get; init; }

    /// <summary>What was noticed when it came in; what the answers say themselves is added when it is stored.</summary>
    public ResponseFlags Flags { get; init; }
    public required byte[] ContextHash { get; init; }
    public required IReadOnlyList<NewAnswer> Answers { get; init; }
    internal byte[] AnswersHash => field ??= ContentHash.OfAnswers(Version, Answers);

    /// <summary>The id is an invitation's, which is then answered.</summary>
    public bool IsInvited { get; init; }
}

public sealed record Customer(string Id, string? Email = null, string? Name = null, string? Language = null);

/// <summary>An answered question: exactly one of value, text and options is set; <c>Reach</c> only beside the yes of a contact request. A skipped question is simply not in the list.</summary>
public sealed record NewAnswer(int QuestionId, short? Value = null, string? Text = null, IReadOnlyList<string>? Options = null, string? Reach = null);

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
public sealed class ResponseIntake(ResponseStore store, CellFolder cells, IServiceScopeFactory scopes, ILogger<ResponseIntake> log) : BackgroundService
{
    const int QueueLength = 4096, MaxBatch = 256, Writers = 2, Changers = 2, MaxAttempts = 4;

    /// <summary>A sender is told to come again rather than kept: of a locked table it hears within three seconds.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5), Glance = TimeSpan.FromSeconds(0.25);

    static readonly Task<Intake> Full = Task.FromResult(Intake.Busy);

    readonly WaitingRoom room = new(QueueLength, MaxBatch);

    readonly SemaphoreSlim changes = new(Changers);

    /// <summary>Whoever comes now is told to come again.</summary>
    public bool IsFull => room.IsFull;

    /// <summary>Work that nobody waits for by the second rests a while: as long as answers come in, it takes a quarter of the time it could.</summary>
    /// <param name="worked">How long it has just worked.</param>
    /// <param name="ct">Gives up.</param>
    public Task GiveWayAsync(TimeSpan worked, CancellationToken ct) => room.IsBusy ? Task.Delay(3 * worked, ct) : Task.CompletedTask;

    /// <summary>Ends after the commit, or when the sender has waited too long.</summary>
    public Task<Intake> StoreAsync(NewResponse response)
    {
        var waiting = new Waiting(response);
        return room.TryEnter(waiting) ? waiting.Task : Full;
    }

    /// <summary>Stores many at once, in one transaction; outcomes are in the order given.</summary>
    /// <exception cref="NpgsqlException">The database is away or refuses: nothing of the batch was stored.</exception>
    public async Task<IReadOnlyList<Intake>> StoreBatchAsync(IReadOnlyList<NewResponse> batch, CancellationToken ct)
    {
        // Before, so that what fails has stored nothing.
        await cells.FoldInTimeAsync(ct);
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
    /// <param name="asked">The questions, by id, that the sender was shown: answers to others stay. Null = all.</param>
    public Task<Change> ChangeAsync(Guid id, IReadOnlyList<NewAnswer> answers, string? seen, CancellationToken ct, IReadOnlySet<int>? asked = null) =>
        OneOfFewAsync(services => services.GetRequiredService<ResponseChange>().RunAsync(id, answers, seen, asked, ct), ct);

    // A few at a time: many at once would take every connection from those who store and read.
    async Task<T> OneOfFewAsync<T>(Func<IServiceProvider, Task<T>> work, CancellationToken ct)
    {
        await changes.WaitAsync(ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var done = await work(scope.ServiceProvider);
            cells.Wake();
            return done;
        }
        finally
        {
            changes.Release();
        }
    }

    // A batch marks invitations that others may be marking too, and so can meet one of them crosswise. PostgreSQL then undoes one of the two as a
    // whole; trying it again is safe.
    async Task<IReadOnlyList<Intake>> StoreBatchAsync(NpgsqlConnection connection, IReadOnlyList<NewResponse> batch, CancellationToken ct)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                var outcomes = await store.StoreAsync(connection, batch, ct);
                cells.Wake();
                return outcomes;
            }
            catch (Exception e) when (attempt < MaxAttempts && e.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected })
            {
                log.LogInformation("Two writers met crosswise; trying again");
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([.. Enumerable.Range(0, Writers).Select(_ => WriteAsync()), TellInTimeAsync(stoppingToken)]);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Requests in flight have ended when hosted services stop; what still waits is stored before the writers end.
        room.Close();
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        room.Dispose();
        changes.Dispose();
        base.Dispose();
    }

    // No token: what was taken in is stored, also while the app stops; the room's end is the writer's end.
    async Task WriteAsync()
    {
        // Its own: the pool may be exhausted by those who read.
        await using var connection = store.Connection();
        List<Waiting>? batch = null;
        while ((batch = await room.TakeAsync(batch)) is not null) await AnswerAsync(connection, batch);
    }

    // What waits goes on waiting to be stored; sent again it is the same response. One clock for all: a timer for each costs more than a row.
    async Task TellInTimeAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Glance);
        try
        {
            while (await timer.WaitForNextTickAsync(ct)) room.TooLong(Patience).ForEach(w => w.TrySetResult(Intake.Busy));
        }
        catch (OperationCanceledException)
        {
            // The app stops; the writers tell who is left.
        }
    }

    async Task AnswerAsync(NpgsqlConnection connection, List<Waiting> batch)
    {
        try
        {
            var outcomes = await StoreBatchAsync(connection, [.. batch.Select(w => w.Response)], CancellationToken.None);
            for (int i = 0; i < batch.Count; i++) batch[i].TrySetResult(outcomes[i]);
        }
        catch (Exception e) when (DatabaseFailure.MayPass(e))
        {
            log.LogWarning(e, "Storing {Count} responses failed for now; their senders are told to try again", batch.Count);
            batch.ForEach(w => w.TrySetResult(Intake.Busy));
        }
        catch (Exception) when (batch.Count > 1)
        {
            // One of them is refused by the database: the others must not suffer for it.
            foreach (var waiting in batch) await AnswerAsync(connection, [waiting]);
        }
        catch (Exception e)
        {
            batch[0].TrySetException(e);
        }
    }
}
