using System.Collections.Frozen;
using System.Text;
using Assay.Observability.Correlations;
using Assay.Observability.Logging;
using Assay.Telemetry;

namespace Assay.Server.Intake.Content;

/// <summary>
/// Finds what a key means. What a key was found to mean is remembered in a table of bounded size, so that the rules are asked once for a name
/// that comes with every span.
/// </summary>
internal static class AttributeKeys
{
    // Places, a power of two: some hundred different keys are in use by one fleet of services.
    private const int Places = 4096;
    private const int LongestKept = 128;

    private static readonly FrozenDictionary<string, AttributeKey> Known = new Dictionary<string, AttributeKey>
    {
        ["gen_ai.operation.name"] = AttributeKey.Operation,
        ["assay.prompt"] = AttributeKey.PromptId,
        [Correlation.BaggageKey] = AttributeKey.CorrelationId,
        ["db.system.name"] = AttributeKey.DatabaseSystem,
        ["db.system"] = AttributeKey.DatabaseSystem,
        ["openinference.span.kind"] = AttributeKey.SpanKindByLibrary,
        ["traceloop.span.kind"] = AttributeKey.SpanKindByLibrary,
        ["feature_flag.key"] = AttributeKey.FlagKey,
        ["feature_flag.result.variant"] = AttributeKey.FlagVariant,
        ["feature_flag.variant"] = AttributeKey.FlagVariant,
        ["fallback_used"] = AttributeKey.FallbackUsed,
        ["fallback_reason"] = AttributeKey.FallbackReason,
        [GenAiNames.EvaluationName] = AttributeKey.EvaluationName,
        [GenAiNames.EvaluationValue] = AttributeKey.EvaluationValue,
        [GenAiNames.EvaluationLabel] = AttributeKey.EvaluationLabel,
        [GenAiNames.EvaluationReason] = AttributeKey.EvaluationReason,
        ["assay.score.kind"] = AttributeKey.ScoreKind,
        ["service.name"] = AttributeKey.ServiceName,
        ["service.version"] = AttributeKey.ServiceVersion,
        ["deployment.environment.name"] = AttributeKey.Environment,
        ["deployment.environment"] = AttributeKey.OlderEnvironment,
        ["event.name"] = AttributeKey.EventName,
        ["exception.message"] = AttributeKey.ExceptionMessage,
        ["exception.type"] = AttributeKey.ExceptionType,
    }.ToFrozenDictionary();

    private static readonly Entry?[] Seen = new Entry?[Places];

    /// <summary>What a key means.</summary>
    public static AttributeKey Find(ReadOnlySpan<byte> key)
    {
        if (key.Length > LongestKept)
        {
            return Look(key);
        }

        ref var place = ref Seen[ByteHash.Of(key) & (Places - 1)];
        if (place is { } found && key.SequenceEqual(found.Key))
        {
            return found.Meaning;
        }

        var entry = new Entry(key.ToArray(), Look(key));
        place = entry;
        return entry.Meaning;
    }

    private static AttributeKey Look(ReadOnlySpan<byte> key)
    {
        var name = Encoding.UTF8.GetString(key);
        if (Known.TryGetValue(name, out var known))
        {
            return known;
        }

        if (GenAiNames.Find(key, out _) != GenAiField.None)
        {
            return AttributeKey.ModelCall;
        }

        if (ContentNames.IsAttribute(key))
        {
            return AttributeKey.Content;
        }

        // http.request.header.authorization is as secret as authorization.
        return SensitiveNames.Contains(name[(name.LastIndexOf('.') + 1)..]) ? AttributeKey.Secret : AttributeKey.Plain;
    }

    private sealed record Entry(byte[] Key, AttributeKey Meaning);
}
