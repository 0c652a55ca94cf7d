using System.Text;
using Assay.Flags;

namespace Assay.Experimentation.Assignment;

/// <summary>Ids from a text, one a line, in memory that does not grow with a line: of a longer one the part that counts is kept.</summary>
internal static class IdLines
{
    private const int BufferCharacters = 1 << 15;

    /// <summary>The ids in order; empty lines and blanks around an id are left out. Bytes that are no UTF-8 count as U+FFFD.</summary>
    public static IEnumerable<string> Read(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferCharacters, leaveOpen: true);
        var buffer = new char[BufferCharacters];
        var line = new StringBuilder();
        int read;
        while ((read = reader.Read(buffer)) > 0)
        {
            for (var at = 0; at < read; )
            {
                var end = Array.IndexOf(buffer, '\n', at, read - at);
                var piece = (end < 0 ? read : end) - at;
                // Every character is a byte or more.
                line.Append(buffer, at, Math.Min(piece, Unit.MaxKeyBytes - Math.Min(line.Length, Unit.MaxKeyBytes)));
                at += piece + 1;
                if (end >= 0 && Take(line) is { } id)
                {
                    yield return id;
                }
            }
        }

        if (Take(line) is { } last)
        {
            yield return last;
        }
    }

    private static string? Take(StringBuilder line)
    {
        var id = line.ToString().Trim();
        line.Clear();
        return id.Length > 0 ? id : null;
    }
}
