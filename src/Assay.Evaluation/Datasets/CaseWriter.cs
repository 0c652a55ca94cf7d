using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Files;

namespace Assay.Evaluation.Datasets;

/// <summary>Writes a dataset as JSON lines that people can read: letters of every script as they are. A name that ends in <c>.gz</c> gets it packed, the same bytes each time.</summary>
internal static class CaseWriter
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="AssayException">The file cannot be written (exit code 4).</exception>
    public static void Write(string path, IEnumerable<Case> cases) =>
        AtomicFile.Write(
            path,
            file =>
            {
                using var packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                    ? new GZipStream(file, CompressionLevel.SmallestSize, leaveOpen: true)
                    : null;
                Write(packed ?? file, cases);
            }
        );

    private static void Write(Stream stream, IEnumerable<Case> cases)
    {
        foreach (var one in cases)
        {
            using (var writer = new Utf8JsonWriter(stream, Readable))
            {
                JsonSerializer.Serialize(writer, CaseLine.Of(one), CaseJson.Default.CaseLine);
            }

            stream.WriteByte((byte)'\n');
        }
    }
}
