using OpenTelemetry.Metrics;

namespace Assay.Observability.Prometheus;

/// <summary>The lines that introduce a family: its type, help and unit.</summary>
internal static class FamilyHeader
{
    /// <summary>The type in Prometheus' words.</summary>
    /// <remarks>
    /// OpenMetrics demands that a counter's samples end in <c>_total</c>. Names are never changed here, so a counter without it is <c>unknown</c> there.
    /// </remarks>
    public static string TypeOf(string name, MetricType type, PrometheusFormat format) =>
        type switch
        {
            MetricType.LongSum or MetricType.DoubleSum => format == PrometheusFormat.Text || PrometheusName.EndsInTotal(name) ? "counter" : "unknown",
            MetricType.Histogram or MetricType.ExponentialHistogram => "histogram",
            _ => "gauge",
        };

    public static byte[] Of(string name, Metric metric, PrometheusFormat format)
    {
        var type = TypeOf(name, metric.MetricType, format);
        var text = new ByteText();
        if (format == PrometheusFormat.Text)
        {
            return AppendHelp(text, name, metric.Description, quotes: false).Append($"# TYPE {name} {type}\n").Written.ToArray();
        }

        var family = type == "counter" ? PrometheusName.WithoutTotal(name) : name;
        text.Append($"# TYPE {family} {type}\n");
        if (PrometheusName.UnitOf(family, metric.Unit) is { } unit)
        {
            text.Append($"# UNIT {family} {unit}\n");
        }

        return AppendHelp(text, family, metric.Description, quotes: true).Written.ToArray();
    }

    /// <summary>The <c>target_info</c> family: what the resource says of the process.</summary>
    public static byte[] OfTarget(IEnumerable<KeyValuePair<string, object>> attributes, PrometheusFormat format)
    {
        var text = new ByteText();
        text.Append(
            format == PrometheusFormat.Text
                ? "# HELP target_info The process that serves this page.\n# TYPE target_info gauge\n"u8
                : "# TYPE target info\n# HELP target The process that serves this page.\n"u8
        );
        text.Append("target_info{"u8);
        new LabelText().Append(attributes, text);
        return text.Append("} 1\n"u8).Written.ToArray();
    }

    private static ByteText AppendHelp(ByteText text, string family, string help, bool quotes) =>
        help.Length == 0 ? text : text.Append($"# HELP {family} ").AppendEscaped(help, quotes).Append("\n"u8);
}
