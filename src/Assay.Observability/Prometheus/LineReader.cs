using System.Text;

namespace Assay.Observability.Prometheus;

/// <summary>Reads one line of a metrics page from left to right.</summary>
internal ref struct LineReader(ReadOnlySpan<char> line, int number)
{
    private const int MaxLabels = 256;
    private ReadOnlySpan<char> rest = line;

    public readonly bool IsAtEnd => rest.IsEmpty;

    public readonly AssayException Fault(string problem) =>
        AssayException.Usage($"Line {number} of the metrics page: {problem}", "Compare the page with the Prometheus text format 0.0.4 or OpenMetrics 1.0.");

    public void SkipBlanks() => rest = rest.TrimStart(" \t");

    public bool TrySkip(char expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    /// <summary>The text up to the next blank.</summary>
    public string Word()
    {
        SkipBlanks();
        var end = rest.IndexOfAny(' ', '\t');
        var word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..];
        return word.ToString();
    }

    /// <summary>All that is left, without the blank before it.</summary>
    public string Remainder()
    {
        SkipBlanks();
        var text = rest.ToString();
        rest = [];
        return text;
    }

    public string Name(bool ofMetric)
    {
        var end = 0;
        while (
            end < rest.Length
            && (char.IsAsciiLetter(rest[end]) || rest[end] == '_' || (ofMetric && rest[end] == ':') || (end > 0 && char.IsAsciiDigit(rest[end])))
        )
        {
            end++;
        }

        if (end == 0)
        {
            throw Fault(rest.IsEmpty ? "a name is missing." : $"'{rest[0]}' cannot begin a name.");
        }

        var name = rest[..end].ToString();
        rest = rest[end..];
        return name;
    }

    /// <summary>The labels in braces; none where the line has no braces here.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels()
    {
        if (!TrySkip('{'))
        {
            return [];
        }

        var labels = new List<KeyValuePair<string, string>>();
        SkipBlanks();
        while (!TrySkip('}'))
        {
            labels.Add(OneLabel(labels));
            SkipBlanks();
            if (!TrySkip(',') && (rest.IsEmpty || rest[0] != '}'))
            {
                throw Fault("a comma or a closing brace is missing after a label.");
            }

            SkipBlanks();
        }

        return labels;
    }

    public double Number(string what)
    {
        var word = Word();
        return PrometheusText.TryNumber(word, out var number) ? number : throw Fault($"the {what} '{word}' is no number.");
    }

    private KeyValuePair<string, string> OneLabel(List<KeyValuePair<string, string>> before)
    {
        var name = Name(ofMetric: false);
        if (before.Count >= MaxLabels || before.Exists(l => l.Key == name))
        {
            throw Fault(before.Count >= MaxLabels ? $"it has more than {MaxLabels} labels." : $"the label '{name}' occurs twice.");
        }

        SkipBlanks();
        if (!TrySkip('='))
        {
            throw Fault($"'=' is missing after the label '{name}'.");
        }

        SkipBlanks();
        return new(name, Quoted(name));
    }

    private string Quoted(string name)
    {
        if (!TrySkip('"'))
        {
            throw Fault($"the value of the label '{name}' is not in quotes.");
        }

        var text = new StringBuilder();
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '"')
            {
                rest = rest[(i + 1)..];
                return text.ToString();
            }

            if (rest[i] == '\\' && i + 1 < rest.Length)
            {
                text.Append(PrometheusText.Unescaped(rest[++i]));
                continue;
            }

            text.Append(rest[i]);
        }

        throw Fault($"the quotes around the value of the label '{name}' are not closed.");
    }
}
