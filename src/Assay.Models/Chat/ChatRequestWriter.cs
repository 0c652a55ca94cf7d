using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Assay.Models.Chat;

/// <summary>
/// Writes the body of a chat completion, the same bytes for the same request: they are part of the cache key.
/// Fields: platform.openai.com/docs/api-reference/chat/create.
/// </summary>
internal sealed class ChatRequestWriter(string tokenLimit)
{
    private const string DefaultSchemaName = "answer";

    // Letters as they are: half the bytes for Cyrillic. The receiver reads JSON, not HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>
    /// OpenAI calls the limit <c>max_completion_tokens</c> and refuses the older name for its reasoning models; servers that copy its interface know <c>max_tokens</c>.
    /// </summary>
    public static string TokenLimitOf(Uri address) => KnownProviders.Of(address) is "openai" or "azure.ai.openai" ? "max_completion_tokens" : "max_tokens";

    public ReadOnlyMemory<byte> Write(string model, List<SentMessage> messages, ChatOptions? options)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role);
            json.WriteString("content", message.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (options is not null)
        {
            WriteOptions(json, options);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private void WriteOptions(Utf8JsonWriter json, ChatOptions options)
    {
        Number(json, "temperature", options.Temperature);
        Number(json, "top_p", options.TopP);
        Number(json, "frequency_penalty", options.FrequencyPenalty);
        Number(json, "presence_penalty", options.PresencePenalty);
        if (options.MaxOutputTokens is { } most)
        {
            json.WriteNumber(tokenLimit, most);
        }

        if (options.Seed is { } seed)
        {
            json.WriteNumber("seed", seed);
        }

        if (options.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop");
            foreach (var stop in stops)
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
        }

        if (Effort(options) is { } effort)
        {
            json.WriteString("reasoning_effort", effort);
        }

        WriteFormat(json, options);
    }

    private static void WriteFormat(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.ResponseFormat is not ChatResponseFormatJson format)
        {
            return;
        }

        json.WriteStartObject("response_format");
        if (format.Schema is not { } schema)
        {
            json.WriteString("type", "json_object");
        }
        else
        {
            json.WriteString("type", "json_schema");
            json.WriteStartObject("json_schema");
            json.WriteString("name", format.SchemaName ?? DefaultSchemaName);
            if (format.SchemaDescription is { } description)
            {
                json.WriteString("description", description);
            }

            json.WritePropertyName("schema");
            schema.WriteTo(json);
            if (options.AdditionalProperties?.TryGetValue("strict", out var strict) == true && strict is bool isStrict)
            {
                json.WriteBoolean("strict", isStrict);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, float? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static string? Effort(ChatOptions options) =>
        options.Reasoning?.Effort switch
        {
            null => null,
            ReasoningEffort.None => "none",
            ReasoningEffort.Low => "low",
            ReasoningEffort.Medium => "medium",
            ReasoningEffort.High => "high",
            _ => "xhigh",
        };
}
