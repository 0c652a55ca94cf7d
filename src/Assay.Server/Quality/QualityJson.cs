using System.Text.Json.Serialization;

namespace Assay.Server.Quality;

/// <summary>The JSON of scores, quality and the dashboard.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScoresReport))]
[JsonSerializable(typeof(QualityReport))]
[JsonSerializable(typeof(Dashboard))]
internal sealed partial class QualityJson : JsonSerializerContext;
