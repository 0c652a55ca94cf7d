using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Text;

/// <summary>
/// Strings of JSON that others wrote. Half of a surrogate pair, which is left where somebody cuts a text, and bytes that are no UTF-8 become U+FFFD: one such letter
/// must not cost the whole answer.
/// </summary>
internal static partial class JsonText
{
    /// <summary>The text of an element that is known to be a string.</summary>
    public static string Of(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for a letter that does not exist; texts without one are read once.
            return Mended(text);
        }
    }

    private static string Mended(JsonElement text)
    {
        var written = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(text));
        using var mended = JsonDocument.Parse(Escape().Replace(written, found => found.Groups["half"].Success ? "\\uFFFD" : found.Value));
        return mended.RootElement.GetString()!;
    }

    // A whole pair, half of one, or any other escape: a backslash that is escaped itself begins none.
    [GeneratedRegex(
        @"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Escape();
}
