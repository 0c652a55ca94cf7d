using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Models.Embeddings;

/// <summary>
/// Writes requests for vectors. Fields: platform.openai.com/docs/api-reference/embeddings/create; huggingface.github.io/text-embeddings-inference.
/// </summary>
internal static class EmbeddingRequests
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> OpenAi(string model, IEnumerable<string> texts, int? dimensions) =>
        Write(json =>
        {
            json.WriteString("model", model);
            Texts(json, "input", texts);
            json.WriteString("encoding_format", "float");
            if (dimensions is { } asked)
            {
                json.WriteNumber("dimensions", asked);
            }
        });

    /// <summary>Texts that are too long are cut by the server: it knows the model's tokens, the caller does not.</summary>
    public static ReadOnlyMemory<byte> Tei(IEnumerable<string> texts) =>
        Write(json =>
        {
            Texts(json, "inputs", texts);
            json.WriteBoolean("truncate", value: true);
        });

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        fields(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
