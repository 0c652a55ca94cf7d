using System.Globalization;
using System.Text;
using Assay.Files;
using CsvHelper;
using CsvHelper.Configuration;

namespace Assay.Evaluation.Datasets;

/// <summary>
/// Rows of a CSV file after its header line, one by one: UTF-8, quotes as in RFC 4180, cells parted by comma, semicolon or tab, whichever the header line
/// has most of. The first fault ends it, named with file and line.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string path;
    private readonly Stream stream;
    private readonly CsvParser parser;

    public CsvRows(string path, string headerFix)
    {
        this.path = path;
        stream = CaseReader.Open(path);
        parser = new CsvParser(new StreamReader(stream, Strict, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16), Configuration());
        Header = Next() ? [.. parser.Record!.Select(name => name.Trim())] : throw Fault(1, "There is no header line.", headerFix);
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Every row with the line on which it begins; each has as many cells as the header.</summary>
    public IEnumerable<(string[] Cells, int Line)> Read()
    {
        for (var line = parser.RawRow + 1; Next(); line = parser.RawRow + 1)
        {
            var cells = parser.Record!;
            if (cells.Length != Header.Count)
            {
                throw Fault(
                    line,
                    $"The row has {cells.Length} cells, the header {Header.Count}.",
                    "Give every row a cell for each column; quote cells with commas."
                );
            }

            yield return (cells, line);
        }
    }

    public AssayException Fault(int line, string problem, string fix) => AssayException.Usage($"{path}:{line}: {problem}", fix);

    public void Dispose()
    {
        parser.Dispose();
        stream.Dispose();
    }

    private CsvConfiguration Configuration() =>
        new(CultureInfo.InvariantCulture)
        {
            MaxFieldSize = Limits.LineBytes,
            DetectDelimiter = true,
            GetDelimiter = sample => CsvDelimiter.Of(sample.Text),
            BadDataFound = found =>
                throw Fault(found.Context.Parser!.RawRow, "A quote stands in the middle of a cell.", "Double quotes inside a quoted cell: \"\"."),
        };

    private bool Next()
    {
        try
        {
            return parser.Read();
        }
        catch (MaxFieldSizeException)
        {
            throw Fault(parser.RawRow, $"A cell is longer than {Limits.LineBytes >> 20} MiB.", "Close the quote that was left open.");
        }
        catch (Exception e) when (e is DecoderFallbackException)
        {
            throw AssayException.Usage($"{path} is not UTF-8 text: line {parser.RawRow} or a later one has other bytes.", "Save the file as UTF-8.", e);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Fault(parser.RawRow, $"Reading stopped: {e.Message}", "Check the file; a packed one may be cut off.");
        }
    }
}
