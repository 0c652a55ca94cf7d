using Assay.Observability;
using Assay.Observability.Slos;
using Assay.Tests.Tidy;

namespace Assay.Tests.Observability.Slos;

public sealed class SloFileTests
{
    private static readonly string Whole = Repository.Text("catalog/slos/availability.yaml");

    [Fact]
    public void The_catalog_holds_the_defaults_of_the_specification()
    {
        var files = SloFile.ReadCatalog(Repository.FullPath("catalog"));
        var defaults = SloDefinition.Defaults(new ObservabilityOptions()).OrderBy(s => s.Name, StringComparer.Ordinal).ToList();
        files.Where(s => s.Name != "quality").ShouldBe(defaults.Where(s => s.Name != "quality"));
        // What a good score is the specification leaves open, and the sample's is no judge's.
        var quality = files.Single(s => s.Name == "quality");
        (quality.Target, quality.Service).ShouldBe((0.8, "rag-service"));
        quality.Indicator.ShouldBe(new SloIndicator(SloSignal.Scores, GoodWhen.AtLeast, 0.25) { Where = new SloFilter { Score = "relevance" } });
    }

    [Fact]
    public void A_guardrail_that_triggers_spends_budget()
    {
        var text = Whole.Replace("name: availability", "name: pii");
        var threshold =
            text[..text.IndexOf("      ratioMetric:", StringComparison.Ordinal)]
            + "      thresholdMetric: { metricSource: { type: assay, spec: { signal: score, score: pii_filter } } }\n"
            + "  timeWindow: [{ duration: 30d, isRolling: true }]\n  objectives: [{ op: lte, value: 0, target: 0.99 }]\n";
        var slo = SloFile.Parse(threshold, "a.yaml").ShouldHaveSingleItem();
        slo.Indicator.IsGood(failed: false, 0).ShouldBeTrue();
        slo.Indicator.IsGood(failed: false, 1).ShouldBeFalse();
        using var monitor = new SloMonitor(new ManualTime());
        var recorder = monitor.RegisterSlo(slo);
        recorder.RecordScore(1);
        recorder.RecordScore(0);
        recorder.Status().Count.ShouldBe(new EventCount(2, 1));
        Should.Throw<InvalidOperationException>(() => recorder.RecordLatency(1));
        Fault(threshold.Replace("op: lte", "op: gt")).Message.ShouldContain("spec.objectives[0].op is 'gt'");
        Fault(threshold.Replace("signal: score, score: pii_filter", "signal: span").Replace("op: lte", "op: gte")).Fix.ShouldContain("lte for durations");
    }

    [Fact]
    public void Filters_narrow_what_counts()
    {
        var text = Whole.Replace(
            "signal: span",
            "signal: span\n              operation: POST /ask\n              version: 1.2.3\n              environment: production\n              variant: ranker=new"
        );
        var slo = SloFile.Parse(text, "a.yaml").ShouldHaveSingleItem();
        slo.Indicator.Where.ShouldBe(
            new SloFilter
            {
                Operation = "POST /ask",
                Version = "1.2.3",
                Environment = "production",
                Variant = "ranker=new",
            }
        );
    }

    [Fact]
    public void Counters_of_Prometheus_are_named_by_selectors()
    {
        const string Text = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: { name: web }
            spec:
              service: web
              indicator:
                spec:
                  ratioMetric:
                    bad: { metricSource: { type: prometheus, spec: { query: 'http_requests_total{job="web",code=~"5.."}' } } }
                    total: { metricSource: { type: prometheus, spec: { query: 'http_requests_total{job="web"}' } } }
              timeWindow: [{ duration: 30d, isRolling: true }]
              objectives: [{ targetPercent: 99.5 }]
            """;
        var slo = SloFile.Parse(Text, "web.yaml").ShouldHaveSingleItem();
        slo.Target.ShouldBe(0.995);
        slo.Indicator.Prometheus.ShouldBe(
            new PrometheusCounters("http_requests_total{job=\"web\",code=~\"5..\"}", Good: null, "http_requests_total{job=\"web\"}")
        );
        Fault(Text.Replace("job=\"web\"}'", "job=\"web\"}[5m]'")).Message.ShouldContain("query");
        Fault(Text.Replace("job=\"web\"}'", "}) or vector(1'")).Message.ShouldContain("query");
    }

    [Theory]
    [InlineData("openslo/v1", "openslo/v2", "apiVersion is 'openslo/v2'", "Write openslo/v1.")]
    [InlineData("kind: SLO", "kind: SLI", "kind is 'SLI'", "Write SLO")]
    [InlineData("name: availability\n  displayName", "name: The one\n  displayName", "metadata.name is 'The one'", "a-z")]
    [InlineData("duration: 30d", "duration: 7d", "spec.timeWindow[0].duration is '7d'", "Write 30d.")]
    [InlineData("isRolling: true", "isRolling: false", "spec.timeWindow[0].isRolling is 'False'", "Write true")]
    [InlineData("Occurrences", "Timeslices", "spec.budgetingMethod is 'Timeslices'", "Write Occurrences")]
    [InlineData("target: 0.999", "target: 1", "spec.objectives[0].target is '1'", "0.000001 to 0.999999")]
    [InlineData("target: 0.999", "op: lte", "spec.objectives[0].target is 'given twice or not at all'", "targetPercent")]
    [InlineData("target: 0.999", "target: 0.999\n      op: lte", "spec.objectives[0].op is 'given'", "thresholdMetric")]
    [InlineData("status: ok", "status: fine", "status is 'fine'", "Write ok.")]
    [InlineData("status: ok", "minValue: 0.5", "a condition that the signal does not have", "Scores have minValue")]
    [InlineData("status: ok", "version: 1", "good is 'other filters than total'", "Repeat")]
    [InlineData("signal: span", "signal: trace", "signal is 'trace'", "Write span, calls or score.")]
    [InlineData("type: assay", "type: datadog", "type is 'datadog'", "Write assay or prometheus.")]
    [InlineData("service: rag-service", "service:", "spec.service is missing", "Add it")]
    public void A_fault_names_the_file_the_field_and_the_fix(string right, string wrong, string problem, string fix)
    {
        var fault = Fault(Whole.Replace(right, wrong));
        fault.ExitCode.ShouldBe(ExitCode.WrongUsage);
        fault.Message.ShouldStartWith("a.yaml: ");
        fault.Message.ShouldContain(problem);
        fault.Fix.ShouldContain(fix);
    }

    [Theory]
    [InlineData("  service: rag-service", "  servis: rag-service", "a.yaml:7: ")]
    [InlineData("target: 0.999", "target: many", "a.yaml:32: ")]
    public void What_is_no_field_or_no_number_is_named_with_its_line(string right, string wrong, string place) =>
        Fault(Whole.Replace(right, wrong)).Message.ShouldStartWith(place);

    [Fact]
    public void Two_SLOs_of_one_name_are_told_with_both_files()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("slos"));
        File.WriteAllText(folder.File("slos/a.yaml"), Whole);
        File.WriteAllText(folder.File("slos/b.yml"), Whole);
        var fault = Should.Throw<AssayException>(() => SloFile.ReadCatalog(folder.Path));
        fault.Message.ShouldContain("a.yaml and ");
        fault.Message.ShouldContain("two SLOs are named 'availability'");
    }

    [Fact]
    public void A_catalog_without_the_folder_has_no_SLOs() => SloFile.ReadCatalog("no-such-folder").ShouldBeEmpty();

    private static AssayException Fault(string text) => Should.Throw<AssayException>(() => SloFile.Parse(text, "a.yaml"));
}
