using System.Globalization;
using System.Text;
using Assay.Files;
using CsvHelper;
using CsvHelper.Configuration;

namespace Assay.Cli.Reading;

/// <summary>
/// Reads columns of a CSV file in one pass: a header line, then rows parted by comma, semicolon or tab, as the header line shows. UTF-8, quotes as in
/// RFC 4180. The first fault ends it, with file, line and column.
/// </summary>
internal sealed class CsvReading : IDisposable
{
    private const int RowsBetweenReports = 1 << 15;

    /// <summary>The longest cell, characters: beyond it a quote was left open or the file is no CSV.</summary>
    private const int LongestCell = 1 << 20;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly CsvSource source;
    private readonly ColumnRequest request;
    private readonly CsvParser parser;

    /// <summary>The line on which the row in hand begins.</summary>
    private int line = 1;

    private CsvReading(CsvSource source, ColumnRequest request)
    {
        this.source = source;
        this.request = request;
        var text = new StreamReader(source.Bytes, Utf8, detectEncodingFromByteOrderMarks: true, bufferSize: -1, leaveOpen: true);
        parser = new CsvParser(
            text,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                BufferSize = 1 << 16,
                MaxFieldSize = LongestCell,
                DetectDelimiter = true,
                GetDelimiter = sample => CsvDelimiter.Of(sample.Text),
                // A blank line may be an empty cell; the rows decide.
                IgnoreBlankLines = false,
                BadDataFound = found => throw BadQuote(found.Field),
            }
        );
    }

    /// <param name="source">The file.</param>
    /// <param name="request">The columns.</param>
    /// <param name="progress">Hears how many bytes were read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AssayException">The file or a cell is not what was asked for (exit code 2).</exception>
    public static CsvColumns Read(CsvSource source, ColumnRequest request, Action<long> progress, CancellationToken cancellationToken)
    {
        using var reading = new CsvReading(source, request);
        try
        {
            return reading.ReadRows(progress, cancellationToken);
        }
        catch (DecoderFallbackException e)
        {
            throw AssayException.Usage($"{source.Name} is not UTF-8 text: line {reading.line} or a later one has other bytes.", "Save the file as UTF-8.", e);
        }
        catch (MaxFieldSizeException e)
        {
            throw AssayException.Usage(
                $"{source.Name}:{reading.line}: a cell is longer than {LongestCell:#,0} characters.",
                "Close the quote that was left open, or give a CSV file.",
                e
            );
        }
    }

    public void Dispose() => parser.Dispose();

    private CsvHeader ReadHeader()
    {
        if (!parser.Read() || parser.Record is not { } names || names.All(string.IsNullOrWhiteSpace))
        {
            throw AssayException.Usage($"{source.Name} has no header line.", "Put the names of the columns on the first line.");
        }

        if (names.Any(n => n.Contains('\0')))
        {
            throw AssayException.Usage($"{source.Name} is not text.", "Give a CSV file.");
        }

        return new CsvHeader(source.Name, [.. names.Select(n => n.Trim())]);
    }

    private CsvColumns ReadRows(Action<long> progress, CancellationToken cancellationToken)
    {
        var header = ReadHeader();
        var columns = new RequestedColumns(header, request);
        var rows = 0;
        var blank = 0;
        for (line = parser.RawRow + 1; parser.Read(); line = parser.RawRow + 1)
        {
            if (IsBlank())
            {
                blank++;
                continue;
            }

            // In a file of one column a blank line between rows is an empty cell; at the end of a file it is nothing.
            for (; blank > 0 && header.Count == 1; blank--, rows++)
            {
                AddRow(columns, line - blank, static (_, _) => "");
            }

            blank = 0;
            DemandClosedQuotes();
            DemandAllFields(header);
            AddRow(columns, line, static (row, place) => row[place]);
            if (++rows % RowsBetweenReports == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress(source.Length is null ? 0 : source.Bytes.Position);
            }
        }

        progress(source.Length ?? 0);
        return columns.Read(source.Name, rows);
    }

    private bool IsBlank() => parser.Count == 1 && string.IsNullOrWhiteSpace(parser[0]);

    private void DemandAllFields(CsvHeader header)
    {
        if (parser.Count != header.Count)
        {
            throw AssayException.Usage(
                $"{source.Name}:{line}: the row has {Cells(parser.Count)}, the header line {header.Count}.",
                $"Give every row one cell for each column; put cells that hold the delimiter '{(parser.Delimiter == "\t" ? "tab" : parser.Delimiter)}' in quotes."
            );
        }
    }

    /// <summary>A quote that nobody closes swallows the rows after it; looking at every cell of a row of several lines finds it.</summary>
    private void DemandClosedQuotes()
    {
        for (var place = 0; parser.RawRow > line && place < parser.Count; place++)
        {
            _ = parser[place];
        }
    }

    private static string Cells(int count) => count == 1 ? "1 cell" : $"{count} cells";

    private void AddRow(RequestedColumns columns, int at, Func<CsvParser, int, string> cell)
    {
        foreach (var (place, name, values) in columns.Numbers)
        {
            AddNumber(at, name, values, cell(parser, place).AsSpan().Trim());
        }

        foreach (var (place, name, values) in columns.Texts)
        {
            AddText(at, name, values, cell(parser, place).Trim());
        }
    }

    private void AddNumber(int at, string name, NumberColumn values, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            DemandSkipping(at, name);
            values.Add(double.NaN);
        }
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            values.Add(value);
        }
        else
        {
            throw NotNumber(at, name, text.ToString());
        }
    }

    private void AddText(int at, string name, TextColumn values, string text)
    {
        if (text.Length == 0)
        {
            DemandSkipping(at, name);
            values.AddEmpty();
        }
        else
        {
            values.Add(text);
        }
    }

    private void DemandSkipping(int at, string name)
    {
        if (!request.SkipEmpty)
        {
            throw AssayException.Usage($"{source.Name}:{at}: column '{name}' is empty.", "Fill the cell, or pass over empty cells with --skip-empty.");
        }
    }

    private AssayException BadQuote(string cell) =>
        AssayException.Usage(
            $"{source.Name}:{line}: in the row that begins here a quote is open or stands where none may: {CellText.Shorten(cell)}",
            "Quote whole cells and write quotes inside them twice, as in \"a \"\"b\"\" c\"."
        );

    private AssayException NotNumber(int at, string name, string text)
    {
        var place = $"{source.Name}:{at}: column '{name}' has '{CellText.Shorten(text)}'";
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                ? AssayException.Usage($"{place}, which is not finite.", "Leave the row out, or leave the cell empty and give --skip-empty.")
            : text.Contains(',')
                ? AssayException.Usage($"{place}, which is not a number.", "Write numbers as 1234.5: a point for the fraction, nothing between thousands.")
            : AssayException.Usage(
                $"{place}, which is not a number.",
                "Write numbers as 1234.5, without units; leave missing ones empty and give --skip-empty."
            );
    }
}
