using System.Globalization;
using System.IO.Pipelines;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Features.Responses;

/// <summary>The verb <c>import</c>: an import from a file or standard input, with progress on standard error.</summary>
internal static class ImportCommand
{
    /// <returns>0 when every line was stored or known, 1 when some were rejected, 2 when the file cannot be read.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, string file, string? survey, CancellationToken ct)
    {
        if (file != "-") file = FromTheCaller(file);
        if (file != "-" && !File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"There is no file '{file}'.");
            return 2;
        }
        await using var input = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        var wrong = new Errors();
        bool isCsv = Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase);
        var total = await services.GetRequiredService<ImportResponses>().RunAsync(PipeReader.Create(input), isCsv, survey, wrong, WriteAsync, done => Show(done, input), ct);
        await Console.Error.WriteLineAsync();
        if (wrong.Any)
        {
            await WriteAsync(new RejectedLine(1, wrong.ToDictionary()));
            return 1;
        }
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"accepted {total.Accepted}, duplicates {total.Duplicates}, rejected {total.RejectedLines}"));
        return total.RejectedLines == 0 ? 0 : 1;
    }

    // "dotnet run" moves to the project's folder; a relative path is meant from where the command was typed.
    static string FromTheCaller(string file) =>
        File.Exists(file) || Environment.GetEnvironmentVariable("PWD") is not { Length: > 0 } typedIn ? file : Path.Combine(typedIn, file);

    static Task WriteAsync(RejectedLine rejected) =>
        Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"line {rejected.Line}: {string.Join("; ", rejected.Errors.Select(e => $"{e.Key}: {string.Join(' ', e.Value)}"))}"));

    static void Show(ImportProgress done, Stream input)
    {
        string share = input.CanSeek && input.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({100 * input.Position / input.Length} %)") : "";
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\rline {done.Lines}{share}: accepted {done.Accepted}, duplicates {done.Duplicates}, rejected {done.RejectedLines}"));
    }
}
