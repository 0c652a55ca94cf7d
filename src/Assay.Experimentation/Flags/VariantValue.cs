using System.Text.Json;
using System.Text.Json.Serialization;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Assay.Experimentation.Flags;

/// <summary>A variant's value in a file: any YAML or JSON, which keeps its type (<c>5</c> is a number, <c>"5"</c> a text, <c>on</c> a text as in YAML 1.2).</summary>
[JsonConverter(typeof(VariantValueJson))]
internal sealed class VariantValue : IYamlConvertible
{
    public VariantValue() => Json = FlagValue.Null.Json;

    public VariantValue(JsonElement json) => Json = json;

    public JsonElement Json { get; private set; }

    public static VariantValue True { get; } = new(FlagValue.True.Json);

    public static VariantValue False { get; } = new(FlagValue.False.Json);

    public void Read(IParser parser, Type expectedType, ObjectDeserializer nestedObjectDeserializer) => Json = YamlValue.Read(parser);

    public void Write(IEmitter emitter, ObjectSerializer nestedObjectSerializer) => YamlValue.Write(emitter, Json);
}

/// <summary>In JSON the value is simply there.</summary>
internal sealed class VariantValueJson : JsonConverter<VariantValue>
{
    public override bool HandleNull => true;

    public override VariantValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.True => VariantValue.True,
            JsonTokenType.False => VariantValue.False,
            _ => new VariantValue(JsonElement.ParseValue(ref reader)),
        };

    public override void Write(Utf8JsonWriter writer, VariantValue value, JsonSerializerOptions options) => value.Json.WriteTo(writer);
}
