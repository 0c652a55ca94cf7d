using System.Text.Json.Serialization;

namespace Assay.Server.Costs;

/// <summary>The JSON of costs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CostReport))]
internal sealed partial class CostsJson : JsonSerializerContext;
