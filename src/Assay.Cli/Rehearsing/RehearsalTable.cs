using System.Globalization;
using Assay.Cli.Showing;
using Assay.Releases.Rehearsals;

namespace Assay.Cli.Rehearsing;

/// <summary>Results and scenarios, for a terminal of 80 columns.</summary>
internal static class RehearsalTable
{
    private const int FoundByWidth = 17;

    /// <summary>A row for each scenario, then why one failed.</summary>
    public static IEnumerable<string> Of(RehearsalReport report) =>
        [
            $"{"scenario", -21} {"verdict", -8} {"found", 8} {"all well", 8} {"budget", 12}  found by",
            .. report.Results.GroupBy(r => r.Scenario).Select(Row),
            "",
            .. report.Results.Where(r => r.Verdict != Verdict.Pass).SelectMany(r => WrappedText.Lines($"! {Name(r)}: {r.Reason}")),
            Closing(report),
        ];

    /// <summary>What can be rehearsed.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<ListedScenario> scenarios) =>
        scenarios.SelectMany(s =>
            (string[])
                [
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{s.Scenario, -21} found within {s.DetectSeconds:0.#} s, all well within {s.RestoreSeconds:0.#} s"
                    ),
                    .. WrappedText.Within($"{s.What} It is to be found by {s.How}.", 76).Select(line => "    " + line),
                ]
        );

    private static string Row(IGrouping<string, RehearsalResult> scenario)
    {
        var all = scenario.ToList();
        var last = all[^1];
        var passed = all.Count(r => r.Verdict == Verdict.Pass);
        var verdict =
            all.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{passed}/{all.Count}")
            : passed == 1 ? "pass"
            : "FAIL";
        var budget = string.Create(CultureInfo.InvariantCulture, $"{last.BudgetDetectSeconds:0.#} / {last.BudgetRestoreSeconds:0.#} s");
        var found = string.Join(", ", all.SelectMany(r => r.FoundBy).Select(f => f.Metric).Distinct());
        return $"{scenario.Key, -21} {verdict, -8} {Slowest(all, r => r.DetectSeconds), 8} {Slowest(all, r => r.RestoreSeconds), 8} {budget, 12}  {Fit(found)}".TrimEnd();
    }

    // Of several times the slowest: that is the one that a budget is about.
    private static string Slowest(List<RehearsalResult> all, Func<RehearsalResult, double?> seconds) =>
        all.Any(r => seconds(r) is null) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{all.Max(r => seconds(r)!.Value):0.0} s");

    private static string Closing(RehearsalReport report)
    {
        var passed = report.Results.Count(r => r.Verdict == Verdict.Pass);
        var repeated = report.Results.Any(r => r.Time > 1) ? "; of several times the slowest is shown" : "";
        return $"{passed} of {report.Results.Count} rehearsals kept their budget{repeated}.";
    }

    private static string Name(RehearsalResult result) => result.Time == 1 ? result.Scenario : $"{result.Scenario} {result.Time}";

    private static string Fit(string text) => text.Length <= FoundByWidth ? text : text[..(FoundByWidth - 1)] + "…";
}

/// <summary>A scenario that can be rehearsed; with <c>--json</c> these are the document.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="What">What it breaks.</param>
/// <param name="How">How it is to be found.</param>
/// <param name="DetectSeconds">What is allowed until it is found, in seconds.</param>
/// <param name="RestoreSeconds">What is allowed until all is well, in seconds.</param>
internal sealed record ListedScenario(string Scenario, string What, string How, double DetectSeconds, double RestoreSeconds)
{
    public static ListedScenario Of(RehearsalScenario scenario, RehearsalBudget budget) =>
        new(scenario.Name, scenario.What, scenario.How, budget.Detect.TotalSeconds, budget.Restore.TotalSeconds);
}

/// <summary>All of them.</summary>
internal sealed record ScenarioList(IReadOnlyList<ListedScenario> Scenarios);
