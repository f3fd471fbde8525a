namespace CxSurveys.Web.Features.Scores.Live;

/// <summary>How many streams are open. Who may not have one more still has the page, as of when it was loaded.</summary>
public sealed class LiveStreams
{
    public const int Most = 500, MostOfOne = 20;

    readonly Lock gate = new();
    readonly Dictionary<string, int> byViewer = new(StringComparer.Ordinal);
    int all;

    public bool TryEnter(string viewer)
    {
        lock (gate)
        {
            var own = byViewer.GetValueOrDefault(viewer);
            if (all >= Most || own >= MostOfOne) return false;
            byViewer[viewer] = own + 1;
            all++;
            return true;
        }
    }

    public void Leave(string viewer)
    {
        lock (gate)
        {
            all--;
            if (--byViewer[viewer] == 0) byViewer.Remove(viewer);
        }
    }
}
