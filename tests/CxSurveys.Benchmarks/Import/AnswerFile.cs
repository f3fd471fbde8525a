using System.Globalization;
using CxSurveys.Benchmarks.Intake;

namespace CxSurveys.Benchmarks.Import;

/// <summary>A file of responses of two answers each, over a year, made before it is measured.</summary>
internal sealed class AnswerFile : IDisposable
{
    const int Days = 365;
    static readonly DateTimeOffset First = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public AnswerFile(int responses)
    {
        Responses = responses;
        using var lines = new StreamWriter(Path);
        for (int i = 0; i < responses; i++)
        {
            string at = First.AddSeconds(Random.Shared.Next(Days * 86_400)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            lines.Write(TwoAnswers.Spread().Replace("\"answers\":", $"\"submittedAt\":\"{at}\",\"answers\":", StringComparison.Ordinal));
            lines.Write('\n');
        }
    }

    public int Responses { get; }

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}
