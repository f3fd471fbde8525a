using System.Security.Cryptography;
using System.Text.Json;

namespace CxSurveys.Web.Platform.Postgres;

/// <summary>How to reach the cluster of a data folder. Readable by the app's user only: it holds the password.</summary>
internal sealed record ClusterFile(string Cluster, int Port, string Password)
{
    const string Name = "connection.json";

    public static ClusterFile? Read(string dataFolder)
    {
        string file = Path.Combine(dataFolder, Name);
        return File.Exists(file) && JsonSerializer.Deserialize<ClusterFile>(File.ReadAllText(file)) is { } read
            ? read with { Cluster = Path.GetFullPath(read.Cluster, dataFolder) } : null;
    }

    public static ClusterFile New(string cluster, int port) =>
        new(cluster, port, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));

    public void Write(string dataFolder)
    {
        // A cluster in the data folder moves with it.
        string below = Path.GetRelativePath(dataFolder, Cluster);
        var moving = below.StartsWith("..", StringComparison.Ordinal) ? this : this with { Cluster = below };
        string file = Path.Combine(dataFolder, Name);
        PrivateFile.Write(file + ".new", JsonSerializer.SerializeToUtf8Bytes(moving));
        File.Move(file + ".new", file, overwrite: true);
    }
}
