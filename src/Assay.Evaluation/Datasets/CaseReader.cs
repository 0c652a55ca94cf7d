using System.IO.Compression;
using System.Text.Json;
using Assay.Files;

namespace Assay.Evaluation.Datasets;

/// <summary>A case and the line on which it begins, from 1.</summary>
internal readonly record struct PlacedCase(Case Case, int Line);

/// <summary>Reads the cases of a file one by one; the first wrong line ends it, named.</summary>
internal static class CaseReader
{
    private const string OneObject = "Write one object on each line: {\"id\": \"1\", \"input\": \"…\", \"expected\": \"…\"}.";

    public static IEnumerable<PlacedCase> Read(string path) =>
        Kind(path) switch
        {
            ".jsonl" => JsonLines(path),
            ".csv" => CsvCases.Read(path),
            var other => throw AssayException.Usage(
                $"'{path}' is no dataset: its name ends in '{other}'.",
                "Datasets end in .jsonl or .csv, or in .jsonl.gz or .csv.gz."
            ),
        };

    /// <summary>Opens a file, unpacked if it is packed.</summary>
    public static Stream Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
            return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"Cannot read the dataset '{path}': {e.Message}", "Check the path and its permissions.", e);
        }
    }

    private static string Kind(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant();
    }

    private static IEnumerable<PlacedCase> JsonLines(string path)
    {
        using var stream = Open(path);
        var lines = new Utf8LineReader(stream, Limits.LineBytes);
        var first = true;
        while (NextLine(lines, path, ref first) is { } found)
        {
            if (found.Case is not null)
            {
                yield return new PlacedCase(found.Case, found.Line);
            }
        }
    }

    private static (Case? Case, int Line)? NextLine(Utf8LineReader lines, string path, ref bool first)
    {
        try
        {
            if (first && lines.Peek(3).StartsWith("\uFEFF"u8))
            {
                lines.Skip(3);
            }

            first = false;
            return lines.TryRead(out var line, out var tooLong) ? (Parse(line, tooLong, path, lines.Line), lines.Line) : null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw AssayException.Usage($"Reading '{path}' stopped after line {lines.Line}: {e.Message}", "Check the file; a packed one may be cut off.", e);
        }
    }

    private static Case? Parse(ReadOnlySpan<byte> line, bool tooLong, string path, int number)
    {
        AssayException Fault(string problem, string fix) => AssayException.Usage($"{path}:{number}: {problem}", fix);
        if (tooLong)
        {
            throw Fault($"The line is longer than {Limits.LineBytes >> 20} MiB.", "A case is what a person would ask: shorten it.");
        }

        if (line.IndexOfAnyExcept(" \t\r"u8) < 0)
        {
            return null;
        }

        try
        {
            var read = JsonSerializer.Deserialize(line, CaseJson.Default.CaseLine) ?? throw Fault("The line is null.", OneObject);
            return read.ToCase(Fault);
        }
        catch (JsonException e)
        {
            throw Fault(JsonFault.Of(e), OneObject);
        }
    }
}
