using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Assay.Evaluation.Prompts;

/// <summary>
/// What a prompt says, as one hash: SHA-256 over a JSON object with the keys below in this order, what is empty left out. Name, version and
/// description are not in it: they change no answer.
/// </summary>
internal static class PromptHash
{
    public static string Of(Prompt prompt)
    {
        var content = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            json.WriteString("language", prompt.Language);
            Write(json, "model", prompt.Model);
            Write(json, "temperature", prompt.Temperature);
            Write(json, "topP", prompt.TopP);
            if (prompt.MaxOutputTokens is { } tokens)
            {
                json.WriteNumber("maxOutputTokens", tokens);
            }

            json.WriteStartArray("inputs");
            foreach (var input in prompt.Inputs.Order(StringComparer.Ordinal))
            {
                json.WriteStringValue(input);
            }

            json.WriteEndArray();
            Write(json, "system", prompt.System);
            json.WriteString("user", prompt.User);
            json.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(content.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter json, string key, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(key, text);
        }
    }

    private static void Write(Utf8JsonWriter json, string key, float? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(key, value);
        }
    }
}
