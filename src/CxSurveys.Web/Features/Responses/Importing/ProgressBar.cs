using System.Globalization;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Features.Responses.Importing;

/// <summary>How far an import is, on one line of a terminal; in a log, a line now and then.</summary>
/// <param name="output">Where it is drawn.</param>
/// <param name="isTerminal">Whether a line can be drawn over.</param>
/// <param name="size">Bytes that are to come; without it there is no bar, only figures.</param>
/// <param name="clock">Tells the rate.</param>
internal sealed class ProgressBar(TextWriter output, bool isTerminal, long? size, TimeProvider clock)
{
    const int Width = 24;

    static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200), InLog = TimeSpan.FromSeconds(10);

    readonly long began = clock.GetTimestamp();
    long drawn;
    int length;

    /// <param name="done">What became of the lines so far.</param>
    /// <param name="bytes">Read so far.</param>
    public void Show(ImportProgress done, long bytes)
    {
        if (drawn != 0 && clock.GetElapsedTime(drawn) < (isTerminal ? OnTerminal : InLog)) return;
        drawn = clock.GetTimestamp();
        Draw(Text(done, bytes));
    }

    public void End(ImportProgress total)
    {
        Draw(Text(total, size ?? 0));
        if (isTerminal) output.WriteLine();
    }

    string Text(ImportProgress done, long bytes)
    {
        double rate = done.Lines / Math.Max(0.001, clock.GetElapsedTime(began).TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"{Bar(bytes)}line {done.Lines:N0}, {rate:N0}/s: accepted {done.Accepted:N0}, duplicates {done.Duplicates:N0}, rejected {done.RejectedLines:N0}");
    }

    string Bar(long bytes)
    {
        if (size is not { } all) return "";
        double share = all == 0 ? 1 : Math.Min(1, (double)bytes / all);
        int full = (int)(share * Width);
        return string.Create(CultureInfo.InvariantCulture, $"[{new string('#', full)}{new string('.', Width - full)}] {Math.Floor(100 * share)} %  ");
    }

    // A shorter line than before must not leave the end of that one.
    void Draw(string text)
    {
        if (!isTerminal) output.WriteLine(text);
        else output.Write("\r" + text.PadRight(length));
        length = text.Length;
    }
}
