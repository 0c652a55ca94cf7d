using System.Text;

namespace Assay.Server.Flags.Pages;

/// <summary>Values of a condition in one field: parted by commas; one that has a comma, a quote or blanks around it stands in quotes.</summary>
internal static class ValueList
{
    public static string Write(IReadOnlyCollection<string>? values) => string.Join(", ", (values ?? []).Select(Quoted));

    public static List<string> Read(string text)
    {
        var values = new List<string>();
        var at = 0;
        while (at < text.Length)
        {
            at = SkipBlanks(text, at);
            if (at < text.Length)
            {
                values.Add(text[at] == '"' ? Quoted(text, ref at) : Plain(text, ref at));
            }
        }

        values.RemoveAll(v => v.Length == 0);
        return values;
    }

    private static string Quoted(string value) =>
        value.Length == 0 || value.Contains(',') || value.Contains('"') || value.Contains('\n') || char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1])
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;

    private static string Plain(string text, ref int at)
    {
        var end = text.IndexOf(',', at);
        end = end < 0 ? text.Length : end;
        var value = text[at..end].Trim();
        at = end + 1;
        return value;
    }

    private static string Quoted(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                value.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                value.Append('"');
                at++;
            }
            else
            {
                break;
            }
        }

        var comma = text.IndexOf(',', Math.Min(at, text.Length));
        at = comma < 0 ? text.Length : comma + 1;
        return value.ToString();
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
