using System.Globalization;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Features.Responses.Importing;

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
        var total = await RunAsync(services, file, input, survey, wrong, ct);
        if (wrong.Any)
        {
            await WriteAsync(new RejectedLine(1, wrong.ToDictionary()));
            return 1;
        }
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"accepted {total.Accepted}, duplicates {total.Duplicates}, rejected {total.RejectedLines}"));
        return total.RejectedLines == 0 ? 0 : 1;
    }

    static async Task<ImportProgress> RunAsync(IServiceProvider services, string file, Stream input, string? survey, Errors wrong, CancellationToken ct)
    {
        long? size = input.CanSeek ? input.Length : null;
        var (id, bar) = (Guid.CreateVersion7(), new ProgressBar(Console.Error, !Console.IsErrorRedirected, size, TimeProvider.System));
        await services.GetRequiredService<ImportLog>().BeginAsync(id, file == "-" ? null : Path.GetFileName(file), null, size, ct);
        var total = await services.GetRequiredService<WatchedImport>().RunAsync(id, await ImportFile.LookAsync(input, ct), survey, wrong, WriteAsync, bar.Show, ct);
        bar.End(total);
        return total;
    }

    // "dotnet run" moves to the project's folder; a relative path is meant from where the command was typed.
    static string FromTheCaller(string file) =>
        File.Exists(file) || Environment.GetEnvironmentVariable("PWD") is not { Length: > 0 } typedIn ? file : Path.Combine(typedIn, file);

    static Task WriteAsync(RejectedLine rejected) =>
        Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"line {rejected.Line}: {string.Join("; ", rejected.Errors.Select(e => $"{e.Key}: {string.Join(' ', e.Value)}"))}"));
}
