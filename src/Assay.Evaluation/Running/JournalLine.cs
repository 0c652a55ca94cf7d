using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;
using Assay.Models.Calls;

namespace Assay.Evaluation.Running;

/// <summary>One record of a journal: the plan, an answer, or measurements of an answer.</summary>
internal sealed record JournalLine
{
    /// <summary>Set on the first record only.</summary>
    public RunPlan? Plan { get; init; }

    /// <summary>The case's place in the dataset.</summary>
    public int Index { get; init; }

    /// <summary>Which repeat.</summary>
    public int Repeat { get; init; }

    /// <summary>Set when the target answered or failed.</summary>
    public CaseExcerpt? Case { get; init; }
    public Answer? Answer { get; init; }
    public TargetFault? Fault { get; init; }

    /// <summary>Set when metrics were measured.</summary>
    public IReadOnlyList<MeasuredLine>? Measured { get; init; }
}

/// <summary>What one metric said, flat.</summary>
/// <param name="Metric">The metric's place in the plan.</param>
/// <param name="State">Whether there is a value.</param>
/// <param name="Value">The value; 0 without one.</param>
/// <param name="Reason">Why; null when the number says all.</param>
/// <param name="Calls">The model calls it took; null for none.</param>
internal sealed record MeasuredLine(int Metric, MeasuredState State, double Value, string? Reason, IReadOnlyList<CallFacts>? Calls)
{
    public static MeasuredLine Of(int metric, Measured measured)
    {
        var calls = measured.Calls.Count == 0 ? null : measured.Calls;
        return measured.Result switch
        {
            Measurement.Value value => new(metric, MeasuredState.Value, value.Score, value.Reason, calls),
            Measurement.NotApplicable none => new(metric, MeasuredState.NotApplicable, 0, none.Reason, calls),
            Measurement.Error error => new(metric, MeasuredState.Error, 0, error.Reason, calls),
            var other => throw new InvalidOperationException($"A measurement of kind {other.GetType()} cannot be written."),
        };
    }

    public Measurement ToMeasurement() =>
        State switch
        {
            MeasuredState.Value => new Measurement.Value(Value, Reason),
            MeasuredState.NotApplicable => new Measurement.NotApplicable(Reason ?? ""),
            _ => new Measurement.Error(Reason ?? ""),
        };
}

internal enum MeasuredState
{
    Value,
    NotApplicable,
    Error,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(JournalLine))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    /// <summary>Letters as they are, not as escapes: a third of the bytes in Russian.</summary>
    public static JournalJson Readable => Made.Readable;

    // Apart, so that it is made after Default.
    private static class Made
    {
        public static readonly JournalJson Readable = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
