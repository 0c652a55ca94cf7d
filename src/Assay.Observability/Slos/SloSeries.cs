namespace Assay.Observability.Slos;

/// <summary>How an SLO stood at a time in the past.</summary>
/// <param name="At">The time.</param>
/// <param name="Burn">The burn rate of the window that ended then; null without events in it.</param>
/// <param name="BudgetLeft">The share of the budget of the last 30 days that was left then; null without events in these.</param>
public readonly record struct SloPoint(DateTimeOffset At, double? Burn, double? BudgetLeft);

/// <summary>A series of points, for a chart.</summary>
/// <param name="Window">The window of the burn rates.</param>
/// <param name="Step">The time between two points.</param>
/// <param name="Points">The points, the oldest first.</param>
public sealed record SloSeries(TimeSpan Window, TimeSpan Step, IReadOnlyList<SloPoint> Points)
{
    private const int MostPoints = 1000;

    /// <summary>Reads a series out of the rings.</summary>
    /// <param name="slo">The SLO.</param>
    /// <param name="length">How far back, 30 days at most.</param>
    /// <param name="window">The window of the burn rates.</param>
    public static SloSeries Read(SloRecorder slo, TimeSpan length, TimeSpan window)
    {
        ArgumentNullException.ThrowIfNull(slo);
        return slo.Read(counts => Read(slo.Definition, counts, length < SloDefinition.Window ? length : SloDefinition.Window, window));
    }

    private static SloSeries Read(SloDefinition slo, SloCounts counts, TimeSpan length, TimeSpan window)
    {
        // A point has the width of the buckets that reach back to the first window's begin, or a multiple where there would be too many.
        var begin = counts.Now - (long)length.TotalSeconds;
        long width = counts.BucketSecondsSince(begin - (long)window.TotalSeconds);
        var step = width * Math.Max(1, (long)Math.Ceiling(length.TotalSeconds / width / MostPoints));
        var month = counts.Now - (long)SloDefinition.Window.TotalSeconds;
        var allowed = slo.Budget * counts.In(SloDefinition.Window).Total;
        var points = new List<SloPoint>();
        for (var at = (begin / step * step) + step; at <= counts.Now; at += step)
        {
            var count = counts.Between(at - (long)window.TotalSeconds, at);
            var spent = counts.Between(month, at).Bad;
            points.Add(
                new SloPoint(DateTimeOffset.FromUnixTimeSeconds(at), BurnReading.Of(window, count, slo.Budget).Burn, allowed > 0 ? 1 - (spent / allowed) : null)
            );
        }

        return new SloSeries(window, TimeSpan.FromSeconds(step), points);
    }
}
