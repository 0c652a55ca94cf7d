using System.Globalization;

namespace Assay.Observability.Prometheus;

/// <summary>Chooses the form of a metrics page from an <c>Accept</c> header, and names its content type.</summary>
public static class PrometheusContent
{
    private const string OpenMetricsType = "application/openmetrics-text";

    /// <summary>The value of <c>Content-Type</c> for a page in <paramref name="format"/>.</summary>
    public static string TypeOf(PrometheusFormat format) =>
        format == PrometheusFormat.OpenMetrics ? OpenMetricsType + "; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>
    /// The form that the caller likes best: the highest quality value wins, and the first one named wins a draw.
    /// OpenMetrics is sent only to a caller that names it; whatever else is asked for, or nothing, gets text 0.0.4.
    /// </summary>
    public static PrometheusFormat Negotiate(string? accept)
    {
        var best = PrometheusFormat.Text;
        var bestQuality = 0.0;
        foreach (var range in (accept ?? "").AsSpan().Split(','))
        {
            var (format, quality) = Read(accept.AsSpan(range));
            if (format is { } known && quality > bestQuality)
            {
                (best, bestQuality) = (known, quality);
            }
        }

        return best;
    }

    private static (PrometheusFormat? Format, double Quality) Read(ReadOnlySpan<char> range)
    {
        var end = range.IndexOf(';');
        var format = FormatOf((end < 0 ? range : range[..end]).Trim());
        var quality = 1.0;
        while (end >= 0)
        {
            range = range[(end + 1)..];
            end = range.IndexOf(';');
            var parameter = (end < 0 ? range : range[..end]).Trim();
            if (parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
            {
                quality = QualityOf(parameter[2..]);
            }
            else if (parameter.StartsWith("version=", StringComparison.OrdinalIgnoreCase) && !Speaks(format, parameter[8..].Trim('"')))
            {
                format = null;
            }
        }

        return (format, quality);
    }

    private static PrometheusFormat? FormatOf(ReadOnlySpan<char> type) =>
        type.Equals(OpenMetricsType, StringComparison.OrdinalIgnoreCase) ? PrometheusFormat.OpenMetrics
        : type is "*/*" || type.Equals("text/plain", StringComparison.OrdinalIgnoreCase) || type.Equals("text/*", StringComparison.OrdinalIgnoreCase)
            ? PrometheusFormat.Text
        : null;

    private static bool Speaks(PrometheusFormat? format, ReadOnlySpan<char> version) =>
        format == PrometheusFormat.OpenMetrics ? version is "1.0.0" : version is "0.0.4";

    // A quality that is no number from 0 to 1 counts as a refusal: guessing a preference would be worse than text.
    private static double QualityOf(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality) && quality is >= 0 and <= 1 ? quality : 0;
}
