using Assay.Releases.Canaries;
using Assay.Server.Experiments.Pages;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Releases.Pages;

/// <summary>Values of probes for people: bytes as megabytes, of which a person remembers the limit.</summary>
internal static class ProbeFigures
{
    private const string Bytes = "bytes";
    private const double BytesOfMegabyte = 1e6;

    // A value just beyond its limit does not read as the limit.
    private const int Digits = 4;

    /// <summary>What a value is multiplied by before it is drawn.</summary>
    public static double Scale(CanaryMetric metric) => metric.Unit == Bytes ? 1 / BytesOfMegabyte : 1;

    /// <summary>The unit of what is drawn, where a chart does not know it by itself; empty for none.</summary>
    public static string DrawnIn(CanaryMetric metric, Reader reader) => metric.Unit == Bytes ? reader.Say("MB", "МБ") : "";

    /// <summary>A value with its unit.</summary>
    public static string Value(double? value, CanaryMetric metric, Reader reader) =>
        value is { } known && metric.Unit == Bytes
            ? reader.Figures.Number(known * Scale(metric), Digits) + Figures.Space + DrawnIn(metric, reader)
            : MetricWords.Value(value, MetricRow.ReportOf(metric), reader.Figures);

    /// <summary>The limit in words: at most 500 MB; empty for none.</summary>
    public static string Limit(CanaryMetric metric, Reader reader) =>
        metric.Limit is null
            ? ""
            : (metric.IsLowerBetter ? reader.Say("at most ", "не выше ") : reader.Say("at least ", "не ниже ")) + Value(metric.Limit, metric, reader);
}
