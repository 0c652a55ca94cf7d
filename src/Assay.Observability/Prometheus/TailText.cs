using System.Text;

namespace Assay.Observability.Prometheus;

/// <summary>Writes what follows a line's labels: the value, and in OpenMetrics the exemplar.</summary>
internal static class TailText
{
    /// <summary>No tail without an exemplar is longer.</summary>
    public const int MaxPlain = NumberText.MaxLength;

    /// <summary>No tail with an exemplar is longer: value, 32 and 16 hexadecimal digits with their names, value, seconds.</summary>
    public const int MaxWithExemplar = 192;

    private const int MillisecondDigits = 3;

    /// <summary>Appends <c> # {trace_id="…",span_id="…"} value seconds</c> after <paramref name="at"/> bytes; returns the new length.</summary>
    public static int AppendExemplar(in SampleExemplar exemplar, Span<byte> to, int at)
    {
        at = Append(" # {trace_id=\""u8, to, at);
        at += Encoding.ASCII.GetBytes(exemplar.TraceId, to[at..]);
        at = Append("\",span_id=\""u8, to, at);
        at += Encoding.ASCII.GetBytes(exemplar.SpanId, to[at..]);
        at = Append("\"} "u8, to, at);
        at += NumberText.Write(exemplar.Value, to[at..]);
        to[at++] = (byte)' ';
        return AppendSeconds(exemplar.Ticks - DateTime.UnixEpoch.Ticks, to, at);
    }

    private static int AppendSeconds(long ticks, Span<byte> to, int at)
    {
        at += NumberText.Write(ticks / TimeSpan.TicksPerSecond, to[at..]);
        to[at++] = (byte)'.';
        var milliseconds = ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMillisecond;
        for (var i = MillisecondDigits - 1; i >= 0; i--, milliseconds /= 10)
        {
            to[at + i] = (byte)('0' + (milliseconds % 10));
        }

        return at + MillisecondDigits;
    }

    private static int Append(ReadOnlySpan<byte> text, Span<byte> to, int at)
    {
        text.CopyTo(to[at..]);
        return at + text.Length;
    }
}
