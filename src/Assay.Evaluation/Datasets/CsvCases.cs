using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Assay.Evaluation.Datasets;

/// <summary>
/// Cases of a CSV file: columns <c>id</c>, <c>input</c> and, when there, <c>expected</c>, <c>cluster</c>, <c>contexts</c>, <c>tags</c> and
/// <c>relevant</c> (several in one cell, parted by <c>|</c>); every other column is a field for prompts.
/// </summary>
internal static class CsvCases
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IEnumerable<PlacedCase> Read(string path)
    {
        using var stream = CaseReader.Open(path);
        using var text = new StreamReader(stream, Strict, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        using var parser = new CsvParser(text, Configuration(path));
        var columns = Next(parser, path)
            ? Columns(parser.Record!, path)
            : throw Fault(path, 1, "There is no header line.", "Name the columns: id,input,expected.");
        for (var line = parser.RawRow + 1; Next(parser, path); line = parser.RawRow + 1)
        {
            yield return new PlacedCase(Row(columns, parser.Record!, path, line), line);
        }
    }

    private static CsvConfiguration Configuration(string path) =>
        new(CultureInfo.InvariantCulture)
        {
            MaxFieldSize = Limits.LineBytes,
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t"],
            BadDataFound = found =>
                throw Fault(path, found.Context.Parser!.RawRow, "A quote stands in the middle of a cell.", "Double quotes inside a quoted cell: \"\"."),
        };

    private static bool Next(CsvParser parser, string path)
    {
        try
        {
            return parser.Read();
        }
        catch (MaxFieldSizeException)
        {
            throw Fault(path, parser.RawRow, $"A cell is longer than {Limits.LineBytes >> 20} MiB.", "Close the quote that was left open.");
        }
        catch (Exception e) when (e is DecoderFallbackException or IOException or InvalidDataException)
        {
            throw Fault(path, parser.RawRow, $"Reading stopped: {e.Message}", "Save the file as UTF-8, whole.");
        }
    }

    private static string[] Columns(string[] header, string path)
    {
        string[] columns = [.. header.Select(name => name.Trim())];
        foreach (var needed in (string[])["id", "input"])
        {
            if (!columns.Contains(needed))
            {
                throw Fault(
                    path,
                    1,
                    $"There is no column '{needed}'.",
                    "Columns are id, input and, if you have them, expected, cluster, contexts, tags, relevant."
                );
            }
        }

        return columns.Distinct().Count() == columns.Length ? columns : throw Fault(path, 1, "A column stands twice.", "Keep one of them.");
    }

    private static Case Row(string[] columns, string[] cells, string path, int line)
    {
        if (cells.Length != columns.Length)
        {
            throw Fault(
                path,
                line,
                $"The row has {cells.Length} cells, the header {columns.Length}.",
                "Give every row a cell for each column; quote cells with commas."
            );
        }

        var read = new CaseLine();
        for (var i = 0; i < columns.Length; i++)
        {
            Take(read, columns[i], cells[i]);
        }

        return read.ToCase((problem, fix) => Fault(path, line, problem, fix));
    }

    private static void Take(CaseLine read, string column, string cell)
    {
        if (cell.Length == 0)
        {
            return;
        }

        switch (column)
        {
            case "id":
                read.Id = cell;
                break;
            case "input":
                read.Input = cell;
                break;
            case "expected":
                read.Expected = cell;
                break;
            case "cluster":
                read.Cluster = cell;
                break;
            case "contexts":
                read.Contexts = Parts(cell);
                break;
            case "tags":
                read.Tags = Parts(cell);
                break;
            case "relevant":
                read.Relevant = new(Parts(cell).Distinct().ToDictionary(id => id, _ => 1.0), StringComparer.Ordinal);
                break;
            default:
                (read.Fields ??= new(StringComparer.Ordinal))[column] = cell;
                break;
        }
    }

    private static List<string> Parts(string cell) => [.. cell.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static AssayException Fault(string path, int line, string problem, string fix) => AssayException.Usage($"{path}:{line}: {problem}", fix);
}
