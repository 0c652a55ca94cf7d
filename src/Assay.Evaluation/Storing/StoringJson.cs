using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Evaluation.Reports;

namespace Assay.Evaluation.Storing;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnakeCaseEnum<Verdict>), typeof(SnakeCaseEnum<ThresholdSide>)]
)]
[JsonSerializable(typeof(RunHead))]
[JsonSerializable(typeof(StoredRun))]
[JsonSerializable(typeof(StoredCase))]
internal sealed partial class StoringJson : JsonSerializerContext
{
    /// <summary>Letters as they are, and checked when read: a head or a line that lacks something is refused.</summary>
    public static StoringJson Strict => Made.Strict;

    // Apart, so that it is made after Default.
    private static class Made
    {
        public static readonly StoringJson Strict = new(
            new JsonSerializerOptions(Default.Options)
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                RespectNullableAnnotations = true,
                MaxDepth = 32,
            }
        );
    }
}

[JsonSerializable(typeof(string))]
internal sealed partial class PlaceJson : JsonSerializerContext;
