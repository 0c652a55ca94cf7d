using Assay.Evaluation.Reports;

namespace Assay.Evaluation.Storing;

/// <summary>Whether what was handed in can be the head of a run: a reader of the store relies on it.</summary>
internal static class HeadCheck
{
    private const int LongestName = 128;
    private const int LongestCommit = 64;
    private const int MostParts = 1_000;
    private const int MostLanguages = 10;
    private const int MostAsked = 100_000_000;

    // Names become keys, names of objects and labels of metrics.
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= LongestName }
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    /// <exception cref="AssayException">It cannot (exit code 2).</exception>
    public static void Check(RunHead head)
    {
        var (report, timings) = (head.Report, head.Timings);
        Demand(report is not null && timings is not null, "The first line is not the head of a run: report or timings are missing.");
        Demand(report!.Schema == JsonReport.Schema, $"The report's schema is '{report.Schema}', not {JsonReport.Schema}.");
        Demand(IsName(timings!.Run), "timings.run is no id of a run.");
        Demand(IsName(report.Benchmark), "report.benchmark is no name of a benchmark.");
        Demand(
            report.Content is { Dataset: not null, DatasetHash: not null, Target: not null, TargetFingerprint: not null, Language: not null },
            "report.content is not whole."
        );
        Demand(
            report.Reason is not null && report.Target is { Faults: not null, Models: not null, JudgeModels: not null },
            "report.reason or report.target is not whole."
        );
        Demand(report.Use is { Target: not null, Judges: not null }, "report.use is not whole.");
        Demand(Lists(report, timings).All(l => l is not null && l.Count <= MostParts && !l.Contains(null)), "Gates or metrics are missing, or are too many.");
        Demand(
            Gates(head).All(g => g is { Name: not null, Metric: not null, Statistic: not null, Threshold: not null, Reason: not null }),
            "A gate is not whole."
        );
        Demand(Metrics(head).All(m => m is { Name: not null, Fingerprint: not null, Unit: not null, Quantiles: not null }), "A metric is not whole.");
        Demand(AreWhole(head.Translations), "Translations are not whole, or are too many.");
        Demand(head.Origin is null || IsWhole(head.Origin), "origin is not whole: a commit of hexadecimal digits, prompts with their hashes.");
        Demand(report.Asked is > 0 and <= MostAsked && report.Done >= 0 && report.Done <= report.Asked, "report.done is not between 0 and report.asked.");
        Demand(
            report.Content!.Cases > 0 && report.Content.Repeats > 0 && (long)report.Content.Cases * report.Content.Repeats == report.Asked,
            "report.asked is not cases × repeats."
        );
    }

    private static bool IsWhole(RunOrigin origin) =>
        origin is { Commit: { Length: <= LongestCommit } commit, Prompts: { Count: <= MostParts } prompts }
        && commit.All(char.IsAsciiHexDigit)
        && prompts.All(p => p.Key.Length <= LongestName && p.Value is { Length: <= LongestName });

    private static bool AreWhole(IReadOnlyDictionary<string, SpokenReasons>? translations) =>
        translations is null
        || (
            translations.Count <= MostLanguages
            && translations.Values.All(said =>
                said is { Reason: not null, Gates: not null } && said.Gates.Count <= MostParts && !said.Gates.Values.Contains(null)
            )
        );

    private static IEnumerable<System.Collections.IList?> Lists(ReportHead report, ReportTimings timings) =>
        [
            report.Gates as System.Collections.IList,
            report.Metrics as System.Collections.IList,
            report.Resources as System.Collections.IList,
            timings.Gates as System.Collections.IList,
            timings.Metrics as System.Collections.IList,
        ];

    private static IEnumerable<ReportGate> Gates(RunHead head) => head.Report.Gates.Concat(head.Timings.Gates);

    private static IEnumerable<ReportMetric> Metrics(RunHead head) => head.Report.Metrics.Concat(head.Report.Resources).Concat(head.Timings.Metrics);

    private static void Demand(bool holds, string problem)
    {
        if (!holds)
        {
            throw AssayException.Usage(problem, "Hand a run in with `assay eval publish RUN`.");
        }
    }
}
