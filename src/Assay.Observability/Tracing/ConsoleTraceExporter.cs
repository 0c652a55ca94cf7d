using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpenTelemetry;

namespace Assay.Observability.Tracing;

/// <summary>Writes one readable line per span: time, trace, name, milliseconds, status, attributes.</summary>
/// <param name="output">Where the lines go; it is not closed.</param>
public sealed class ConsoleTraceExporter(TextWriter output) : BaseExporter<Activity>
{
    private const int MaxValueLength = 120;

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
        {
            output.WriteLine(Line(span));
        }

        output.Flush();
        return ExportResult.Success;
    }

    internal static string Line(Activity span)
    {
        var line = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{span.StartTimeUtc:HH:mm:ss.fff} {span.TraceId.ToHexString()[..8]} {span.DisplayName}")
            .Append(CultureInfo.InvariantCulture, $" {span.Duration.TotalMilliseconds:F3} ms");
        if (span.Status == ActivityStatusCode.Error)
        {
            line.Append(" FAILED ").Append(OneLine(span.StatusDescription ?? ""));
        }

        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            line.Append(' ').Append(tag.Key).Append('=').Append(OneLine(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? ""));
        }

        return line.ToString();
    }

    // Control characters in an attribute could move the cursor or forge a line.
    private static string OneLine(string text)
    {
        var shown = text.Length <= MaxValueLength ? text : text[..MaxValueLength] + "…";
        return string.Create(
            shown.Length,
            shown,
            static (to, from) =>
            {
                for (var i = 0; i < from.Length; i++)
                {
                    to[i] = char.IsControl(from[i]) ? ' ' : from[i];
                }
            }
        );
    }
}
