using System.Globalization;
using System.Text;

namespace Assay.Observability.Prometheus;

/// <summary>
/// Reads metrics pages in Prometheus text 0.0.4 and OpenMetrics 1.0. A summary that claims a metric was emitted proves it by what this finds on the page.
/// </summary>
public static class PrometheusText
{
    /// <summary>Most bytes of a page.</summary>
    public const int MaxBytes = 256 << 20;

    /// <summary>Most samples of a page.</summary>
    public const int MaxSamples = 2_000_000;

    private static readonly string[] Suffixes = ["_bucket", "_sum", "_count", "_total", "_created", "_info", "_gcount", "_gsum"];

    /// <summary>Reads a page of UTF-8 text.</summary>
    /// <inheritdoc cref="Parse(string)"/>
    public static PrometheusPage Parse(ReadOnlySpan<byte> page) =>
        page.Length <= MaxBytes ? Parse(Encoding.UTF8.GetString(page)) : throw TooLarge($"has {page.Length} bytes, more than {MaxBytes}");

    /// <summary>Reads a page; OpenMetrics is recognised by its <c># EOF</c>.</summary>
    /// <exception cref="AssayException">The page is no metrics page, or too large; the message names the line (exit code 2).</exception>
    public static PrometheusPage Parse(string page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var reading = new Reading();
        var number = 0;
        foreach (var range in page.AsSpan().Split('\n'))
        {
            var line = page.AsSpan(range).TrimEnd('\r');
            number++;
            if (line.IsWhiteSpace())
            {
                continue;
            }

            reading.Read(line, number);
        }

        return reading.Page();
    }

    internal static bool TryNumber(ReadOnlySpan<char> text, out double number)
    {
        number = text switch
        {
            _ when text.Equals("NaN", StringComparison.OrdinalIgnoreCase) => double.NaN,
            _ when IsInfinite(text.TrimStart('+')) => double.PositiveInfinity,
            ['-', .. var rest] when IsInfinite(rest) => double.NegativeInfinity,
            _ => 0,
        };
        return number != 0
            || double.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out number
            );
    }

    internal static string Unescaped(char escaped) =>
        escaped switch
        {
            'n' => "\n",
            '\\' => "\\",
            '"' => "\"",
            _ => "\\" + escaped,
        };

    private static bool IsInfinite(ReadOnlySpan<char> text) =>
        text.Equals("Inf", StringComparison.OrdinalIgnoreCase) || text.Equals("Infinity", StringComparison.OrdinalIgnoreCase);

    private static AssayException TooLarge(string how) => AssayException.Usage($"The metrics page {how}.", "Scrape a page of one process, or fewer series.");

    private sealed class Reading
    {
        private readonly Dictionary<string, Family> known = new(StringComparer.Ordinal);
        private readonly List<Family> ordered = [];
        private int samples;
        private bool isEnded;

        public PrometheusPage Page() => new([.. ordered.Select(f => new PrometheusFamily(f.Name, f.Type, f.Help, f.Unit, f.Samples))]);

        public void Read(ReadOnlySpan<char> line, int number)
        {
            var reader = new LineReader(line, number);
            if (isEnded)
            {
                throw reader.Fault("text follows '# EOF'.");
            }

            reader.SkipBlanks();
            if (reader.TrySkip('#'))
            {
                ReadComment(ref reader);
                return;
            }

            if (++samples > MaxSamples)
            {
                throw TooLarge($"has more than {MaxSamples} samples");
            }

            ReadSample(ref reader);
        }

        private void ReadComment(ref LineReader reader)
        {
            switch (reader.Word())
            {
                case "EOF":
                    isEnded = true;
                    break;
                case "TYPE":
                    Described(ref reader).Type = reader.Word();
                    break;
                case "UNIT":
                    Described(ref reader).Unit = reader.Word();
                    break;
                case "HELP":
                    var family = Described(ref reader);
                    family.Help = UnescapedText(reader.Remainder());
                    break;
                default:
                    // Any other comment is for people.
                    break;
            }
        }

        private Family Described(ref LineReader reader)
        {
            reader.SkipBlanks();
            var name = reader.Name(ofMetric: true);
            return FamilyOf(name);
        }

        private void ReadSample(ref LineReader reader)
        {
            var name = reader.Name(ofMetric: true);
            reader.SkipBlanks();
            var labels = reader.Labels();
            var value = reader.Number("value");
            reader.SkipBlanks();
            double? time = null;
            if (!reader.IsAtEnd && !reader.TrySkip('#'))
            {
                time = reader.Number("timestamp");
                reader.SkipBlanks();
                if (!reader.IsAtEnd && !reader.TrySkip('#'))
                {
                    throw reader.Fault($"'{reader.Remainder()}' follows the timestamp.");
                }
            }

            var exemplar = reader.IsAtEnd ? null : ReadExemplar(ref reader);
            Owner(name).Samples.Add(new PrometheusSample(name, labels, value, time, exemplar));
        }

        private static PrometheusExemplar ReadExemplar(ref LineReader reader)
        {
            reader.SkipBlanks();
            var labels = reader.Labels();
            var value = reader.Number("exemplar's value");
            reader.SkipBlanks();
            double? time = reader.IsAtEnd ? null : reader.Number("exemplar's timestamp");
            reader.SkipBlanks();
            return reader.IsAtEnd ? new PrometheusExemplar(labels, value, time) : throw reader.Fault($"'{reader.Remainder()}' follows the exemplar.");
        }

        // A sample belongs to the described family of its own name, or of its name without a suffix.
        private Family Owner(string sample)
        {
            if (known.TryGetValue(sample, out var same))
            {
                return same;
            }

            foreach (var suffix in Suffixes)
            {
                if (sample.EndsWith(suffix, StringComparison.Ordinal) && known.TryGetValue(sample[..^suffix.Length], out var family))
                {
                    return family;
                }
            }

            return FamilyOf(sample);
        }

        private Family FamilyOf(string name)
        {
            if (!known.TryGetValue(name, out var family))
            {
                family = known[name] = new Family(name);
                ordered.Add(family);
            }

            return family;
        }

        private static string UnescapedText(string text)
        {
            if (!text.Contains('\\'))
            {
                return text;
            }

            var plain = new StringBuilder(text.Length);
            for (var i = 0; i < text.Length; i++)
            {
                plain.Append(text[i] == '\\' && i + 1 < text.Length ? Unescaped(text[++i]) : text[i].ToString());
            }

            return plain.ToString();
        }
    }

    private sealed class Family(string name)
    {
        public string Name { get; } = name;

        public string Type { get; set; } = "unknown";

        public string Help { get; set; } = "";

        public string Unit { get; set; } = "";

        public List<PrometheusSample> Samples { get; } = [];
    }
}
