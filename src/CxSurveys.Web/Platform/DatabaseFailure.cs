using Npgsql;

namespace CxSurveys.Web.Platform;

/// <summary>Tells a database that is away or busy, where trying again helps, from a bug.</summary>
internal static class DatabaseFailure
{
    // Beyond Npgsql's own list: query cancelled by its time limit, and a standby after a failover.
    static readonly string[] MoreThatPass = [PostgresErrorCodes.QueryCanceled, PostgresErrorCodes.ReadOnlySqlTransaction];

    public static bool MayPass(Exception? exception) => exception switch
    {
        null => false,
        PostgresException e when MoreThatPass.Contains(e.SqlState) => true,
        NpgsqlException { IsTransient: true } => true,
        AggregateException many => many.InnerExceptions.Any(MayPass),
        _ => MayPass(exception.InnerException),
    };
}
