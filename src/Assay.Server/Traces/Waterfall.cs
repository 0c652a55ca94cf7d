using System.Globalization;
using Assay.Stores;

namespace Assay.Server.Traces;

/// <summary>Where bars and grid lines stand, in percent of the drawing's width.</summary>
/// <param name="trace">The trace.</param>
internal sealed class Waterfall(TraceModel trace)
{
    /// <summary>A bar is this wide at least, percent: else short spans are not seen.</summary>
    private const double LeastWidth = 0.4;

    /// <summary>Grid lines aimed at.</summary>
    private const int Lines = 4;

    private readonly double total = Math.Max(trace.DurationMs, 0.001);

    /// <summary>Times of the grid lines: multiples of 1, 2 or 5 times a power of ten.</summary>
    public IReadOnlyList<double> TicksMs { get; } = Ticks(Math.Max(trace.DurationMs, 0.001));

    public string X(double ms) => Percent(ms / total * 100);

    public string Left(SpanEvent span) => Percent(Math.Min(LeftOf(span), 100 - LeastWidth));

    public string Width(SpanEvent span)
    {
        var width = Math.Max(LeastWidth, TraceTimes.Ms(span.DurationNanos) / total * 100);
        return Percent(Math.Min(width, 100 - Math.Min(LeftOf(span), 100 - LeastWidth)));
    }

    public static string ClassOf(SpanEvent span) => span.Failed ? "span-error" : ClassOf(span.Category);

    public static string ClassOf(SpanCategory category) =>
        category switch
        {
            SpanCategory.Retrieval => "span-retrieval",
            SpanCategory.Model => "span-model",
            SpanCategory.Tool => "span-tool",
            _ => "span-server",
        };

    private double LeftOf(SpanEvent span) => Math.Clamp(trace.OffsetMs(span.StartNanos) / total * 100, 0, 100);

    private static IReadOnlyList<double> Ticks(double total)
    {
        var rough = total / Lines;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 5, 10 }.Select(m => m * power).First(s => s >= rough * 0.999);
        return [.. Enumerable.Range(0, (int)(total * 0.97 / step) + 1).Select(i => i * step)];
    }

    private static string Percent(double x) => x.ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
