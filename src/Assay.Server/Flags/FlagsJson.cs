using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Assay.Experimentation.Flags;
using Assay.Server.Experiments;
using Assay.Server.Hosting;

namespace Assay.Server.Flags;

/// <summary>Flags as JSON: in the store, over HTTP and between command and hub.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(SnakeCaseEnum<EvaluationError>),
        typeof(SnakeCaseEnum<EvaluationReason>),
        typeof(SnakeCaseEnum<FlagSwitch>),
        typeof(SnakeCaseEnum<StaleKind>),
    ]
)]
[JsonSerializable(typeof(ExperimentList))]
[JsonSerializable(typeof(ExperimentDetail))]
[JsonSerializable(typeof(FlagChange))]
[JsonSerializable(typeof(FlagDetail))]
[JsonSerializable(typeof(FlagExplanation))]
[JsonSerializable(typeof(FlagFiles))]
[JsonSerializable(typeof(FlagHistory))]
[JsonSerializable(typeof(FlagList))]
[JsonSerializable(typeof(FlagOverride))]
[JsonSerializable(typeof(FlagPreview))]
[JsonSerializable(typeof(FlagPreviewRequest))]
[JsonSerializable(typeof(StaleFlagList))]
internal sealed partial class FlagsJson : JsonSerializerContext
{
    private static IJsonTypeInfoResolver? strict;

    /// <summary>Refuses what nobody reads in rules and conditions too: a mistyped operator must not become a rule for everybody.</summary>
    // Not made before it is asked for: the default must be there by then, and static fields of two files have no order.
    public static IJsonTypeInfoResolver Strict => strict ??= new FlagsJson(new JsonSerializerOptions(Default.Options)).WithAddedModifier(RefuseUnknown);

    private static void RefuseUnknown(JsonTypeInfo type)
    {
        if (type.Type == typeof(RuleEntry) || type.Type == typeof(ConditionEntry))
        {
            type.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        }
    }
}
