using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Evaluation.Prompts;

namespace Assay.Evaluation.Targets;

/// <summary>JSON with places for fields inside its strings: a value can hold quotes and line ends and the body stays JSON.</summary>
internal sealed class JsonTemplate
{
    private readonly string json;

    private JsonTemplate(string json) => this.json = json;

    /// <exception cref="AssayException">The text is no JSON (exit code 2).</exception>
    public static JsonTemplate Parse(string json)
    {
        try
        {
            using var _ = JsonDocument.Parse(json);
            return new JsonTemplate(json);
        }
        catch (JsonException e)
        {
            throw AssayException.Usage($"The request template is no JSON: {e.Message}", "Write it as {\"question\": \"{{input}}\"}.");
        }
    }

    /// <summary>The body for one case, as UTF-8.</summary>
    public byte[] Fill(IReadOnlyDictionary<string, string> fields) => Encoding.UTF8.GetBytes(Fill(JsonNode.Parse(json), fields)?.ToJsonString() ?? "null");

    private static JsonNode? Fill(JsonNode? node, IReadOnlyDictionary<string, string> fields) =>
        node switch
        {
            JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Fill(m.Value, fields)))),
            JsonArray items => new JsonArray([.. items.Select(item => Fill(item, fields))]),
            JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(PromptTemplate.Fill(text, fields, "the request")),
            _ => node?.DeepClone(),
        };
}
