using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Experimentation.Flags;

namespace Assay.Server.Flags.Ofrep;

/// <summary>A flag evaluated, or why not. Names are the protocol's.</summary>
/// <param name="Key">The flag.</param>
/// <param name="Value">The value.</param>
/// <param name="Reason">Why: STATIC, TARGETING_MATCH, SPLIT, DISABLED, UNKNOWN.</param>
/// <param name="Variant">The variant's name.</param>
/// <param name="Metadata">Version and rule: texts, numbers and booleans only.</param>
/// <param name="ErrorCode">What is wrong; null when nothing is.</param>
/// <param name="ErrorDetails">The same in words.</param>
internal sealed record OfrepEvaluation(
    string Key,
    JsonElement? Value,
    string? Reason,
    string? Variant,
    OfrepMetadata? Metadata,
    string? ErrorCode = null,
    string? ErrorDetails = null
)
{
    public static OfrepEvaluation Of(string flag, in FlagEvaluation evaluation) =>
        evaluation.Error switch
        {
            EvaluationError.None => new OfrepEvaluation(
                flag,
                evaluation.Value?.Json,
                ReasonOf(evaluation.Reason),
                evaluation.Variant,
                new OfrepMetadata(evaluation.Version, evaluation.Rule)
            ),
            EvaluationError.FlagNotFound => Failed(flag, OfrepError.FlagNotFound, "There is no flag of that name."),
            EvaluationError.TargetingKeyMissing => Failed(flag, OfrepError.TargetingKeyMissing, "The context has no targetingKey."),
            _ => Failed(flag, OfrepError.General, "The flag cannot be decided."),
        };

    public static OfrepEvaluation Failed(string flag, string code, string details) => new(flag, null, null, null, null, code, details);

    private static string ReasonOf(EvaluationReason reason) =>
        reason switch
        {
            EvaluationReason.Static => "STATIC",
            EvaluationReason.TargetingMatch => "TARGETING_MATCH",
            EvaluationReason.Split => "SPLIT",
            EvaluationReason.Disabled => "DISABLED",
            _ => "UNKNOWN",
        };
}

/// <summary>What is told of a flag beside its value.</summary>
/// <param name="Version">The version of the flag, 0 for one that is as its file says.</param>
/// <param name="Rule">The rule that decided; null when none did.</param>
internal sealed record OfrepMetadata(long Version, string? Rule);

/// <summary>Why a request for all flags failed.</summary>
internal sealed record OfrepFailure(string ErrorCode, string ErrorDetails);

/// <summary>All flags evaluated.</summary>
/// <param name="Flags">By name.</param>
/// <param name="EventStreams">Where changes are told.</param>
/// <param name="Metadata">The version of the snapshot.</param>
internal sealed record OfrepBulk(IReadOnlyList<OfrepEvaluation> Flags, IReadOnlyList<OfrepStream> EventStreams, OfrepBulkMetadata Metadata);

/// <summary>What is told of all flags.</summary>
internal sealed record OfrepBulkMetadata(string Version);

/// <summary>Where changes are told.</summary>
internal sealed record OfrepStream(string Type, OfrepEndpoint Endpoint);

/// <summary>An address of the provider's own hub.</summary>
internal sealed record OfrepEndpoint(string RequestUri);

/// <summary>What the hub can do, as OFREP 0.1 told providers.</summary>
internal sealed record OfrepConfiguration(string Name, OfrepCapabilities Capabilities);

/// <summary>How changes are found, and which types flags may have.</summary>
internal sealed record OfrepCapabilities(OfrepCacheInvalidation CacheInvalidation, OfrepFlagEvaluation FlagEvaluation);

/// <summary>How changes are found.</summary>
internal sealed record OfrepCacheInvalidation(OfrepPolling Polling);

/// <summary>Whether, and how often at most, a provider may ask.</summary>
internal sealed record OfrepPolling(bool Enabled, int MinPollingIntervalMs);

/// <summary>Which types flags may have.</summary>
internal sealed record OfrepFlagEvaluation(IReadOnlyList<string> SupportedTypes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OfrepBulk))]
[JsonSerializable(typeof(OfrepConfiguration))]
[JsonSerializable(typeof(OfrepEvaluation))]
[JsonSerializable(typeof(OfrepFailure))]
[JsonSerializable(typeof(IReadOnlyList<OfrepEvaluation>))]
internal sealed partial class OfrepJson : JsonSerializerContext;
