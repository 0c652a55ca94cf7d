using System.Globalization;
using Assay.Cli.Showing;
using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Rollbacks;

namespace Assay.Cli.Canarying;

/// <summary>Canaries for a terminal of 80 columns.</summary>
internal static class CanaryView
{
    public static IEnumerable<string> Lines(CanaryList list) =>
        list.Canaries.Count == 0
            ? ["No canary yet: assay canary start RELEASE --version VERSION"]
            : [$"{"release", -34} {"phase", -13} {"step", 5} {"traffic", 8} {"verdict", -12}", .. list.Canaries.Select(Row)];

    /// <summary>One canary with its metrics.</summary>
    public static IEnumerable<string> Lines(CanaryStatus status) =>
        [
            Sentence(status),
            .. Fault(status),
            .. Times(status),
            .. status.Metrics.SelectMany(Metric),
            .. WrappedText.Lines(status.Reason.Length > 0 && status.Metrics.Count == 0 ? status.Reason : Rest(status)),
            .. Rollback(status.Rollback),
        ];

    /// <summary>One line: <c>rag_plus_plus@1.9.0 is running at 5 %, step 1 of 3, look 7: held</c>.</summary>
    public static string Sentence(CanaryStatus status) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{status.Release} is {CanaryOrders.PhaseText(status.Phase)} at {status.Percent:0.####} %{Moving(status)}{Where(status)}{(status.Forced is null ? "" : ", forced")}"
        );

    /// <summary>What a decision tells the shell.</summary>
    public static ExitCode CodeOf(CanaryStatus status) =>
        status.Phase is CanaryPhase.RolledBack or CanaryPhase.RollingBack || status.Verdict == Verdict.Fail ? ExitCode.Fail
        : status.Phase == CanaryPhase.Promoted || status.Verdict == Verdict.Pass ? ExitCode.Pass
        : ExitCode.Inconclusive;

    private static string Where(CanaryStatus status) =>
        status.Phase == CanaryPhase.Running
            ? string.Create(CultureInfo.InvariantCulture, $", step {status.Step} of {status.Steps.Count}, look {status.Look}: {VerdictText(status.Verdict)}")
            : "";

    private static string Moving(CanaryStatus status) =>
        status.MovingTo is { } to ? string.Create(CultureInfo.InvariantCulture, $", on its way to {to:0.####} %") : "";

    private static IEnumerable<string> Fault(CanaryStatus status) =>
        status is { MoveFault: { } fault, Rollback: null } ? WrappedText.Lines($"traffic could not be moved: {fault}") : [];

    private static IEnumerable<string> Times(CanaryStatus status) =>
        status.Phase != CanaryPhase.Running || status.Steps.Count == 0
            ? []
            :
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {Span(status.OnStepSeconds)} on this step of at least {Span(status.MinTimeSeconds)} and at most {Span(status.LongestHoldSeconds)}; looked at {status.LookedAt.UtcDateTime:HH:mm:ss}Z"
                ),
            ];

    private static IEnumerable<string> Metric(MetricJudgement metric) =>
        WrappedText
            .Within($"{metric.Metric} ({metric.Role.ToString().ToLowerInvariant()}): {Word(metric.Verdict)}. {metric.Reason}", 76)
            .Select((line, i) => (i == 0 ? $"{Mark(metric.Verdict)} " : "  ") + line);

    // The metrics say themselves what they say; the rest of the reason is what keeps the step beside them.
    private static string Rest(CanaryStatus status) =>
        status
            .Metrics.Where(m => m.Reason.Length > 0)
            .Aggregate(status.Reason, (text, m) => text.Replace($"{m.Metric}: {m.Reason}", ""))
            .Replace("  ", " ")
            .Trim();

    private static IEnumerable<string> Rollback(RollbackStatus? rollback) =>
        rollback is null
            ? []
            : WrappedText.Lines(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"rollback wanted {rollback.WantedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z by {rollback.Actor}: {StageText(rollback)}"
                )
            );

    /// <summary>How far a rollback is.</summary>
    public static string StageText(RollbackStatus rollback) =>
        rollback.Stage switch
        {
            RollbackStage.Wanted => "traffic does not read 0 yet; it is tried every second while a hub runs" + Fault(rollback),
            RollbackStage.Zero => "traffic reads 0; the records do not say so yet" + Fault(rollback),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"traffic read 0 after {Math.Max(0, ((rollback.ZeroAt ?? rollback.WantedAt) - rollback.WantedAt).TotalSeconds):0.0} s, recorded"
            ),
        };

    private static string Fault(RollbackStatus rollback) => rollback.Fault is { } fault ? $". The last attempt failed: {fault}" : "";

    private static string Row(CanaryStatus status) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Fit(status.Release, 34), -34} {CanaryOrders.PhaseText(status.Phase), -13} {status.Step, 2}/{status.Steps.Count, -2} {status.Percent, 6:0.####} % {VerdictText(status.Verdict), -12}"
        );

    private static string VerdictText(Verdict verdict) => verdict == Verdict.NoData ? "no data" : verdict.ToString().ToLowerInvariant();

    private static string Word(MetricVerdict verdict) => verdict == MetricVerdict.NoData ? "no data" : verdict.ToString().ToLowerInvariant();

    private static char Mark(MetricVerdict verdict) =>
        verdict switch
        {
            MetricVerdict.Pass => '+',
            MetricVerdict.Fail => '!',
            _ => '-',
        };

    private static string Span(double seconds) =>
        seconds < 120 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s")
        : seconds < 7200 ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.#} min")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.#} h");

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}
