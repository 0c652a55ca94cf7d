using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Assay.Evaluation.Storing;

/// <summary>
/// A run on its way: JSON lines packed with gzip, the head first, then the cases in the order of the dataset. Neither side holds more than a line.
/// </summary>
internal static class RunPackage
{
    /// <summary>The most bytes of one line.</summary>
    public const int LongestLine = 1 << 20;

    /// <summary>The most bytes after unpacking: a stream of zeros must not be unpacked for hours.</summary>
    public const long MostBytes = 8L << 30;

    /// <summary>Writes a run.</summary>
    public static async Task WriteAsync(Stream to, RunHead head, IEnumerable<StoredCase> cases, CancellationToken cancellationToken)
    {
        await using var packed = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        await WriteLineAsync(packed, head, StoringJson.Strict.RunHead, cancellationToken);
        foreach (var one in cases)
        {
            await WriteLineAsync(packed, one, StoringJson.Strict.StoredCase, cancellationToken);
        }
    }

    /// <summary>Writes cases alone, as the store keeps them.</summary>
    public static async Task WriteCasesAsync(Stream to, IAsyncEnumerable<StoredCase> cases, CancellationToken cancellationToken)
    {
        await using var packed = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        await foreach (var one in cases.WithCancellation(cancellationToken))
        {
            await WriteLineAsync(packed, one, StoringJson.Strict.StoredCase, cancellationToken);
        }
    }

    /// <summary>Reads the head, then hands the cases on as they come.</summary>
    /// <exception cref="AssayException">The stream is no run (exit code 2).</exception>
    public static async Task<T> ReadAsync<T>(Stream from, Func<RunHead, IAsyncEnumerable<StoredCase>, Task<T>> take, CancellationToken cancellationToken)
    {
        await using var lines = LinesAsync(from, cancellationToken).GetAsyncEnumerator(cancellationToken);
        if (!await lines.MoveNextAsync())
        {
            throw AssayException.Usage("The body is empty.", "Send JSON lines packed with gzip: the head of the run, then its cases.");
        }

        return await take(Parse(lines.Current, 1, StoringJson.Strict.RunHead), RestAsync(lines));
    }

    /// <summary>Reads cases that the store keeps.</summary>
    public static async IAsyncEnumerable<StoredCase> ReadCasesAsync(Stream from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = 0;
        await foreach (var bytes in LinesAsync(from, cancellationToken))
        {
            yield return Parse(bytes, ++line, StoringJson.Strict.StoredCase);
        }
    }

    private static async IAsyncEnumerable<StoredCase> RestAsync(IAsyncEnumerator<ReadOnlySequence<byte>> lines)
    {
        for (var line = 2; await lines.MoveNextAsync(); line++)
        {
            yield return Parse(lines.Current, line, StoringJson.Strict.StoredCase);
        }
    }

    /// <summary>The lines of packed JSON lines; each is valid until the next is asked for.</summary>
    private static async IAsyncEnumerable<ReadOnlySequence<byte>> LinesAsync(Stream from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var unpacked = new GZipStream(from, CompressionMode.Decompress, leaveOpen: true);
        var reader = PipeReader.Create(unpacked, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: 1 << 16));
        var all = 0L;
        while (true)
        {
            var read = await FillAsync(reader, cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                all += line.Length + 1;
                Bound(line.Length, all);
                if (line.Length > 0)
                {
                    yield return line;
                }

                rest = rest.Slice(rest.GetPosition(1, end));
            }

            Bound(rest.Length, all + rest.Length);
            if (read.IsCompleted)
            {
                if (rest.Length > 0)
                {
                    yield return rest;
                }

                break;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }

        await reader.CompleteAsync();
    }

    private static async Task<ReadResult> FillAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw AssayException.Usage("The body is not packed with gzip, or broke off.", "Send JSON lines packed with gzip.", e);
        }
    }

    private static void Bound(long line, long all)
    {
        if (line > LongestLine || all > MostBytes)
        {
            throw AssayException.Usage(
                line > LongestLine ? $"A line is longer than {LongestLine:#,0} bytes." : $"The run has more than {MostBytes:#,0} bytes.",
                "Send one case a line; cut long answers."
            );
        }
    }

    private static T Parse<T>(ReadOnlySequence<byte> line, int number, JsonTypeInfo<T> type)
    {
        try
        {
            var json = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 32 });
            return JsonSerializer.Deserialize(ref json, type) ?? throw new JsonException("the line is null");
        }
        catch (JsonException e)
        {
            throw AssayException.Usage(
                $"Line {number} is not what is expected: {e.Message}",
                "Hand a run in with `assay eval publish`, or see /api/v1/openapi.json.",
                e
            );
        }
    }

    private static async Task WriteLineAsync<T>(Stream to, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await to.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), cancellationToken);
        await to.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}
