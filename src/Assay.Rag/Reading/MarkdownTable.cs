using System.Buffers;

namespace Assay.Rag.Reading;

/// <summary>
/// Pipe tables. The parser sees them only while it reads the inside of paragraphs, which is left out for speed;
/// a line of dashes, colons and pipes under a line with a pipe says as much (GitHub Flavored Markdown, "Tables").
/// </summary>
internal static class MarkdownTable
{
    private static readonly SearchValues<char> Delimiter = SearchValues.Create("|-: \t\r\n>");

    /// <summary>Where the table in a paragraph begins (its header line), or none.</summary>
    public static int? HeaderOf(string text, TextRange paragraph)
    {
        int previous = -1,
            line = paragraph.Start;
        while (line < paragraph.End)
        {
            var length = text.AsSpan(line, paragraph.End - line).IndexOf('\n');
            var next = length < 0 ? paragraph.End : line + length + 1;
            if (previous >= 0 && IsDelimiter(text.AsSpan(line, next - line)) && text.AsSpan(previous, line - previous).Contains('|'))
            {
                return previous;
            }

            previous = line;
            line = next;
        }

        return null;
    }

    private static bool IsDelimiter(ReadOnlySpan<char> line) => line.Contains('-') && line.Contains('|') && line.IndexOfAnyExcept(Delimiter) < 0;
}
