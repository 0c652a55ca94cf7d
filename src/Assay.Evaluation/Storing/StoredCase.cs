using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Reports;
using Assay.Evaluation.Targets;
using Assay.Models.Calls;

namespace Assay.Evaluation.Storing;

/// <summary>One case asked once, as a line of a stored run. Long texts are cut.</summary>
/// <param name="Index">Its place in the dataset, from 0.</param>
/// <param name="Id">Its id.</param>
/// <param name="Repeat">Which repeat, from 0.</param>
/// <param name="Cluster">Its cluster; null when it has none.</param>
/// <param name="Tags">Its tags; null for none.</param>
/// <param name="Input">What was asked.</param>
/// <param name="Expected">The reference answer; null when there is none.</param>
/// <param name="Answer">The answer; null when the target failed.</param>
/// <param name="Model">Who answered; null when the target did not say.</param>
/// <param name="Fault">Why there is no answer, as a kind; null when there is one.</param>
/// <param name="Problem">The same in words.</param>
/// <param name="LatencyMs">How long the answer took; null when nobody measured.</param>
/// <param name="CostUsd">What it cost; null when the price is unknown.</param>
/// <param name="FromCache">Whether the response cache answered.</param>
/// <param name="TraceId">The trace of the call, 32 hexadecimal digits; null when there is none.</param>
/// <param name="Measured">What each metric said; empty when the target failed.</param>
internal sealed record StoredCase(
    int Index,
    string Id,
    int Repeat,
    string? Cluster,
    IReadOnlyList<string>? Tags,
    string Input,
    string? Expected,
    string? Answer,
    string? Model,
    string? Fault,
    string? Problem,
    double? LatencyMs,
    decimal? CostUsd,
    bool FromCache,
    string? TraceId,
    IReadOnlyList<ReportMeasurement> Measured
)
{
    /// <summary>The most characters that are kept of an answer; of input and reference fewer (<see cref="CaseExcerpt.MostCharacters"/>).</summary>
    public const int MostAnswerCharacters = 16_000;

    /// <summary>The most characters that are kept of a judge's reason.</summary>
    public const int MostReasonCharacters = 4_000;

    /// <summary>The line of an outcome.</summary>
    public static StoredCase Of(CaseOutcome outcome, IReadOnlyList<PlannedMetric> metrics) =>
        new(
            outcome.Index,
            outcome.Case.Id,
            outcome.Repeat,
            outcome.Case.Cluster,
            outcome.Case.Tags.Count == 0 ? null : outcome.Case.Tags,
            outcome.Case.Input,
            outcome.Case.Expected,
            Cut(outcome.Answer?.Text, MostAnswerCharacters),
            outcome.Answer is { Model.Length: > 0 } answer ? answer.Model : null,
            outcome.TargetFault?.Fault.ToString(),
            Cut(outcome.TargetFault?.Problem, MostReasonCharacters),
            outcome.Answer is { LatencyMs: > 0 } timed ? timed.LatencyMs : null,
            outcome.Answer?.Cost?.Dollars,
            outcome.Answer?.FromCache ?? false,
            outcome.Answer?.TraceId,
            [.. outcome.Measurements.Select((m, i) => Measurement(metrics[i].Name, m))]
        );

    /// <summary>The outcome again, as far as comparing needs it.</summary>
    /// <param name="metrics">The metrics of the plan; one that the line does not have does not apply.</param>
    public CaseOutcome ToOutcome(IReadOnlyList<PlannedMetric> metrics) =>
        new(
            Index,
            Repeat,
            new CaseExcerpt(Id, Input, Expected, Cluster, Tags ?? []),
            Answer is null ? null : new Answer(Answer, Model ?? "") { LatencyMs = LatencyMs ?? 0, TraceId = TraceId },
            Answer is null ? new TargetFault(Enum.TryParse<ModelFault>(Fault, out var fault) ? fault : ModelFault.Malformed, Problem ?? "") : null,
            Answer is null ? [] : [.. metrics.Select(m => Measurement(Measured.FirstOrDefault(x => x.Metric == m.Name)))],
            []
        );

    private static ReportMeasurement Measurement(string metric, Measurement result)
    {
        var measured = JsonReport.Measured(metric, result);
        return measured with { Reason = Cut(measured.Reason, MostReasonCharacters) };
    }

    private static Measurement Measurement(ReportMeasurement? measured) =>
        measured switch
        {
            { State: "value", Value: { } value } => new Measurement.Value(value, measured.Reason),
            { State: "error" } => new Measurement.Error(measured.Reason ?? ""),
            _ => new Measurement.NotApplicable(measured?.Reason ?? ""),
        };

    private static string? Cut(string? text, int most) =>
        text is null || text.Length <= most ? text : string.Concat(text.AsSpan(0, most - (char.IsHighSurrogate(text[most - 1]) ? 1 : 0)), "…");
}
