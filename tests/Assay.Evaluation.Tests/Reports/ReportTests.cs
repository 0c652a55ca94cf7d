using System.Text;
using System.Text.Json;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Reports;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Tests.Reports;

public sealed class ReportTests
{
    private static readonly GateEntry AtLeast07 = new() { Metric = "judge", AtLeast = 0.7 };

    [Fact]
    public void The_json_report_is_a_document_with_gates_metrics_and_every_case()
    {
        var run = new MadeRun("judge").Cases(Gates.MeanGateTests.Spread(0.9, 60)).Fault();
        using var report = JsonDocument.Parse(Text(RunReport.Json, run, AtLeast07));
        var root = report.RootElement;
        root.GetProperty("verdict").GetString().ShouldBe("pass");
        root.GetProperty("gates")[0].GetProperty("threshold").GetProperty("side").GetString().ShouldBe("at_least");
        root.GetProperty("metrics")[0].GetProperty("n").GetInt32().ShouldBe(60);
        root.GetProperty("cases").GetArrayLength().ShouldBe(61);
        root.GetProperty("cases")[60].GetProperty("fault").GetString().ShouldBe("TimedOut");
        root.GetProperty("timings").GetProperty("run").GetString().ShouldBe("r1");
    }

    [Fact]
    public void Two_executions_with_the_same_answers_differ_in_timings_only()
    {
        var first = Run("first", 1, isCached: false);
        var second = Run("second", 7, isCached: true);
        var gates = new[]
        {
            AtLeast07,
            new GateEntry
            {
                Metric = "latency",
                Statistic = "p95",
                AtMost = 500,
            },
        };
        var (a, b) = (Text(RunReport.Json, first, gates), Text(RunReport.Json, second, gates));

        a.ShouldNotBe(b);
        Before(a).ShouldBe(Before(b));
        return;

        static string Before(string report) => report[..report.IndexOf("\"timings\"", StringComparison.Ordinal)];

        static MadeRun Run(string id, int slower, bool isCached)
        {
            var run = new MadeRun("judge") { Run = id };
            var index = 0;
            foreach (var value in Gates.MeanGateTests.Spread(0.9, 60))
            {
                var answer = new Answer($"a{index}", "gpt-test") { LatencyMs = index * slower, FromCache = isCached };
                run.Add(MadeRun.Outcome(index++, 0, null, [new Measurement.Value(value)], answer));
            }

            return run;
        }
    }

    [Fact]
    public void The_markdown_summary_leads_with_the_verdict_and_says_what_would_decide()
    {
        var text = Text(RunReport.Markdown, new MadeRun("judge").Cases(Gates.MeanGateTests.Spread(0.71, 60)), AtLeast07);
        text.ShouldStartWith("## 🔶 Inconclusive: made");
        text.ShouldContain("| judge mean | 0.710 | [0.688, 0.732] | ≥ 0.700 | 60 |");
        text.ShouldContain("About 576 more cases decide it");
    }

    [Fact]
    public void Users_texts_cannot_become_markup_in_markdown()
    {
        var outcome = MadeRun.Outcome(0, 0, null, [new Measurement.Value(0.1)]);
        var run = new MadeRun("judge").Add(outcome with { Case = outcome.Case with { Input = "<img src=x onerror=alert(1)> @everyone | a\nb" } });
        var text = Text(RunReport.Markdown, run, AtLeast07);
        text.ShouldNotContain("<img");
        text.ShouldNotContain("@everyone");
        text.ShouldContain("&lt;img src=x onerror=alert(1)&gt; &#64;everyone \\| a b");
    }

    [Fact]
    public void A_dry_run_says_so_in_every_report()
    {
        var run = new MadeRun("judge") { IsDryRun = true }.Cases([0.9]);
        Text(RunReport.Markdown, run, AtLeast07).ShouldContain("Dry run");
        Text(RunReport.Json, run, AtLeast07).ShouldContain("\"is_dry_run\": true");
    }

    internal static string Text(Action<Stream, RunVerdict, IEnumerable<CaseOutcome>> report, MadeRun run, params GateEntry[] gates)
    {
        using var stream = new MemoryStream();
        report(stream, run.Verdict(gates), run.Outcomes);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
