using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Files;

namespace Assay.Evaluation.Datasets;

/// <summary>Writes a dataset as JSON lines that people can read: letters of every script as they are.</summary>
internal static class CaseWriter
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="AssayException">The file cannot be written (exit code 4).</exception>
    public static void Write(string path, IEnumerable<Case> cases) =>
        AtomicFile.Write(
            path,
            stream =>
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
        );
}
