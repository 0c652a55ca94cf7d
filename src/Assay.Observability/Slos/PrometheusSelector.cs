using System.Text.RegularExpressions;

namespace Assay.Observability.Slos;

/// <summary>Selectors of series, as PromQL writes them.</summary>
internal static partial class PrometheusSelector
{
    /// <summary>Whether a text is one selector: a name, labels in braces, or both, and nothing after them.</summary>
    public static bool IsOne(string query) => query.Length > 0 && query != "{}" && Selector().IsMatch(query);

    // A matcher: name, operator, quoted text with escapes.
    [GeneratedRegex(
        """^([a-zA-Z_:][a-zA-Z0-9_:]*)?(\{\s*([a-zA-Z_][a-zA-Z0-9_]*\s*(=~|!~|!=|=)\s*("([^"\\\n]|\\.)*"|'([^'\\\n]|\\.)*')\s*(,\s*|(?=\})))*\})?\z""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Selector();
}
