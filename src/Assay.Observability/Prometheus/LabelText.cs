using System.Globalization;
using OpenTelemetry;

namespace Assay.Observability.Prometheus;

/// <summary>Renders tags as <c>a="x",b="y"</c>, ordered by name.</summary>
internal sealed class LabelText
{
    private readonly List<KeyValuePair<string, string>> labels = [];

    public void Append(ReadOnlyTagCollection tags, bool ofHistogram, ByteText to)
    {
        labels.Clear();
        foreach (var tag in tags)
        {
            Add(tag, ofHistogram);
        }

        Write(to);
    }

    public void Append(IEnumerable<KeyValuePair<string, object>> attributes, ByteText to)
    {
        labels.Clear();
        foreach (var attribute in attributes)
        {
            Add(new(attribute.Key, attribute.Value), ofHistogram: false);
        }

        Write(to);
    }

    private void Add(KeyValuePair<string, object?> tag, bool ofHistogram)
    {
        var name = PrometheusName.OfLabel(tag.Key);
        var value = ValueOf(tag.Value);
        if (value.Length > 0) // An empty label is the same as none.
        {
            labels.Add(new(ofHistogram && name == "le" ? "exported_le" : name, value));
        }
    }

    private void Write(ByteText to)
    {
        // Insertion keeps tags with one sanitised name in the order in which they came; there are a handful.
        for (var i = 1; i < labels.Count; i++)
        {
            for (var j = i; j > 0 && string.CompareOrdinal(labels[j - 1].Key, labels[j].Key) > 0; j--)
            {
                (labels[j - 1], labels[j]) = (labels[j], labels[j - 1]);
            }
        }

        for (var i = 0; i < labels.Count; i++)
        {
            WriteOne(i, to);
        }
    }

    // Names that fall together once sanitised share one label, their values joined: a label may not occur twice.
    private void WriteOne(int i, ByteText to)
    {
        var continues = i > 0 && labels[i].Key == labels[i - 1].Key;
        if (continues)
        {
            to.Append(";"u8).AppendEscaped(labels[i].Value, quotes: true);
        }
        else
        {
            to.Append(i > 0 ? ","u8 : ""u8).Append(labels[i].Key).Append("=\""u8).AppendEscaped(labels[i].Value, quotes: true);
        }

        if (i == labels.Count - 1 || labels[i + 1].Key != labels[i].Key)
        {
            to.Append("\""u8);
        }
    }

    private static string ValueOf(object? value) =>
        value switch
        {
            null => "",
            string text => text,
            bool flag => flag ? "true" : "false",
            Array array => "[" + string.Join(',', array.Cast<object?>().Select(ValueOf)) + "]",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
}
