using System.Text;

namespace Assay.Reports;

/// <summary>Texts in the Markdown of reports, which are read in pull requests: what came from elsewhere is no markup there.</summary>
internal static class SafeMarkdown
{
    /// <summary>A sentence of ours, in which names of others may stand.</summary>
    public static string Prose(string sentence) =>
        sentence.Replace('\n', ' ').Replace('\r', ' ').Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("@", "&#64;");

    /// <summary>Text that cannot break a table or become markup: names, hypotheses and users' texts come from anywhere.</summary>
    public static string Cell(string text)
    {
        var safe = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\r' or '\n' or '\t' => safe.Append(' '),
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '&' => safe.Append("&amp;"),
                // A mention would notify whoever has that name.
                '@' => safe.Append("&#64;"),
                '|' or '*' or '`' or '[' or ']' or '\\' or '#' or '!' => safe.Append('\\').Append(character),
                _ => safe.Append(character),
            };
        }

        return safe.ToString();
    }
}
