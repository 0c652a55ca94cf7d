using System.Globalization;
using Assay.Cli.Showing;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Summaries;

namespace Assay.Cli.Evaluating;

/// <summary>What a run came to, for a terminal of 80 columns.</summary>
internal static class EvalView
{
    public static async Task WriteAsync(TextWriter output, RunOutcome outcome)
    {
        foreach (var line in Lines(outcome))
        {
            await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Lines(RunOutcome outcome) =>
        [
            .. Head(outcome),
            "",
            $"{"metric", -24}{"mean", 10}{"95 % interval", 22}{"n", 8}{"errors", 8}",
            .. outcome.Summary.Metrics.Select(Row),
            .. Failures(outcome.Summary).SelectMany(WrappedText.Lines),
            "",
            .. Gates(outcome.Spoken),
            .. WrappedText.Lines($"{Word(outcome.Spoken.Verdict)}: {outcome.Spoken.Reason}"),
            $"report: {Short(outcome.Folder.File("report.html"))}",
        ];

    private static IEnumerable<string> Head(RunOutcome outcome)
    {
        var run = outcome.Summary;
        var content = run.Plan.Content;
        var models = run.Target.Models.Concat(run.Target.JudgeModels).Distinct().ToList();
        yield return Line(
            $"{run.Plan.Benchmark}: {run.Done:#,0} of {content.Asked:#,0} cases{(run.Target.FaultCount > 0 ? $", {run.Target.FaultCount} without an answer" : "")}"
        );
        foreach (var line in WrappedText.Lines($"{content.Target}{(models.Count > 0 ? $"; models: {string.Join(", ", models)}" : "")}"))
        {
            yield return line;
        }

        if (content.IsDryRun || content.IsSmoke)
        {
            yield return content.IsDryRun
                ? "DRY RUN: offline models stood in; no evidence for a release."
                : "SMOKE: point thresholds; no evidence for a release.";
        }

        yield return Cost(run);
    }

    private static string Cost(RunSummary run)
    {
        var (target, judges) = (run.Use.Target, run.Use.Judges);
        var unpriced = target.Unpriced + judges.Unpriced;
        var cached = run.Timings.Cached > 0 ? $", {run.Timings.Cached:#,0} from the cache" : "";
        var cost = (target.Cost + judges.Cost).Dollars;
        return Line(
            $"{target.Calls + judges.Calls:#,0} calls{cached}; cost {(unpriced > 0 && cost == 0 ? "unknown" : $"${cost:0.00##}")}{(unpriced > 0 && cost > 0 ? $" and {unpriced:#,0} calls of unknown price" : "")}"
        );
    }

    private static string Row(MetricSummary metric) =>
        $"{Fit(metric.Name, 23), -24}{Number(metric.Average), 10}{Interval(metric.Bounds), 22}{metric.N, 8}{metric.Errors, 8}";

    /// <summary>What went wrong, one line a part: a count alone says not what to mend.</summary>
    private static IEnumerable<string> Failures(RunSummary run)
    {
        if (run.Target.FirstFault is { } fault)
        {
            yield return Line($"{run.Target.FaultCount:#,0} without an answer, the first: {fault}");
        }

        foreach (var metric in run.Metrics.Where(metric => metric.FirstError is not null))
        {
            yield return Line($"{metric.Name}: {metric.Errors:#,0} without a value, the first: {metric.FirstError}");
        }
    }

    private static IEnumerable<string> Gates(RunVerdict verdict)
    {
        foreach (var gate in verdict.Gates)
        {
            var side = gate.Gate.Threshold.Side == ThresholdSide.AtLeast ? "≥" : "≤";
            yield return $"{Word(gate.Verdict), -13}{gate.Gate.Name}: {Number(gate.Estimate)} {side} {Number(gate.Gate.Threshold.Value)}";
            foreach (var line in WrappedText.Within(gate.Reason, 66))
            {
                yield return "             " + line;
            }
        }

        if (verdict.Gates.Count > 0)
        {
            yield return "";
        }
    }

    internal static string Word(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "PASS",
            Verdict.Fail => "FAIL",
            Verdict.Inconclusive => "INCONCLUSIVE",
            _ => "NO DATA",
        };

    private static string Interval(Statistics.Interval? interval) => interval is { } i ? $"{Number(i.Low)} to {Number(i.High)}" : "-";

    private static string Number(double? value) =>
        value is not { } v ? "-"
        : Math.Abs(v) >= 1000 ? v.ToString("#,0", CultureInfo.InvariantCulture)
        : v.ToString(Math.Abs(v) >= 10 ? "0.0" : "0.000", CultureInfo.InvariantCulture);

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";

    private static string Short(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
