using System.Globalization;
using System.Text;
using Assay.Observability;
using Assay.Observability.Slos;
using Assay.Observability.Slos.Rules;
using Assay.Tests.Tidy;

namespace Assay.Tests.Observability.Slos;

/// <summary>The generated rules, in a real Prometheus.</summary>
public sealed class SloRuleTests
{
    private static readonly SloDefinition Availability = new("availability", "ask 'it' \"now\"", 0.999, new(SloSignal.Requests, GoodWhen.NotFailed));

    private static readonly SloDefinition Queried = Availability with
    {
        Name = "queried",
        Indicator = new(SloSignal.Prometheus, GoodWhen.NotFailed)
        {
            Prometheus = new PrometheusCounters("http_requests_total{code=~\"5..\"}", Good: null, "http_requests_total"),
        },
    };

    [Fact]
    public void The_rules_in_deploy_are_those_of_the_catalog()
    {
        var slos = SloFile.ReadCatalog(Repository.FullPath("catalog"));
        ApprovedFile.ShouldHold("deploy/prometheus/slo.rules.yml", SloRuleFile.Write(slos));
        ApprovedFile.ShouldHold("deploy/prometheus/slo.rules.test.yml", SloRuleTestFile.Write(slos, "slo.rules.yml"));
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.999999)]
    public async Task Promtool_accepts_the_rules_of_any_target_and_their_tests(double target)
    {
        using var folder = new TempFolder();
        SloDefinition[] slos = [.. SloDefinition.Defaults(new ObservabilityOptions()).Select(s => s with { Target = target }), Queried];
        await File.WriteAllTextAsync(folder.File("slo.rules.yml"), SloRuleFile.Write(slos), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("tests.yml"), SloRuleTestFile.Write(slos, "slo.rules.yml"), TestContext.Current.CancellationToken);
        await Promtool.AcceptsAsync(folder.Path, "check", "rules", "slo.rules.yml");
        await Promtool.AcceptsAsync(folder.Path, "test", "rules", "tests.yml");
    }

    [Fact]
    public async Task Evidence_in_one_of_the_windows_is_enough_for_the_rules_as_for_the_engine()
    {
        // A request a minute, then 12 in four minutes of which 4 are bad: evidence in the short windows (10^-9, 10^-7), none in the long ones (10^-6, 10^-5).
        using var folder = new TempFolder();
        var slo = Availability with { Service = "ask" };
        await File.WriteAllTextAsync(folder.File("slo.rules.yml"), SloRuleFile.Write([slo]), TestContext.Current.CancellationToken);
        var test = $$"""
            rule_files: [slo.rules.yml]
            evaluation_interval: 1m
            tests:
              - interval: 1m
                input_series:
                  - { series: '{{SloMetrics.Events}}{slo="availability",service="ask"}', values: "0+1x120 123+3x3 133+1x10" }
                  - { series: '{{SloMetrics.BadEvents}}{slo="availability",service="ask"}', values: "0x120 1+1x3 4x10" }
                alert_rule_test:
                  - eval_time: 120m
                    alertname: AssaySloPage
                    exp_alerts: []
                  - eval_time: 125m
                    alertname: AssaySloPage
                    exp_alerts:
                      - exp_labels: { slo: availability, service: ask, severity: page }
                        exp_annotations: { summary: "{{SloRuleFile.Summary(slo, AlertSeverity.Page)}}", runbook: "{{SloRuleFile.Runbook}}" }
            """;
        await File.WriteAllTextAsync(folder.File("tests.yml"), test, TestContext.Current.CancellationToken);
        await Promtool.AcceptsAsync(folder.Path, "test", "rules", "tests.yml");
    }

    [Fact]
    public async Task The_rules_in_deploy_pass_their_tests() =>
        await Promtool.AcceptsAsync(Repository.FullPath("deploy/prometheus"), "test", "rules", "slo.rules.test.yml");

    [Fact]
    public void The_table_of_least_bad_counts_decides_as_the_binomial_tail_does_and_beyond_its_steps_to_one_event()
    {
        foreach (var pair in BurnPolicy.Pairs)
        {
            foreach (var budget in (double[])[0.2, 0.1, 0.01, 0.001, 0.0001])
            {
                var table = EvidenceTable.Of(pair, budget);
                for (var total = 1L; total < 400 / budget; total += Math.Max(1, total / 50))
                {
                    // Where the burn rate asks for more, or there are not so many, evidence decides nothing.
                    var burning = Math.Max(1, (long)Math.Ceiling(pair.Burn * budget * total));
                    var (least, exact) = (Within(table.LeastOf(total)), Within(BurnEvidence.LeastBad(pair, total, budget)));
                    long Within(long bad) => Math.Min(total + 1, Math.Max(burning, bad));
                    var isExact = table.Beyond is null || total <= table.Steps[^1];
                    Math.Abs(least - exact).ShouldBeLessThanOrEqualTo(isExact ? 0 : 1, $"{total} events, {pair}, {budget}: {least}, exactly {exact}");
                }
            }
        }
    }

    [Fact]
    public void Pages_have_exact_steps_and_tickets_a_curve() =>
        BurnPolicy
            .Pairs.Where(p => EvidenceTable.Of(p, 0.001).Beyond is not null)
            .Select(p => p.Severity)
            .ShouldBe([AlertSeverity.Ticket, AlertSeverity.Ticket]);

    [Fact]
    public async Task Engine_and_Prometheus_give_the_same_burn_rates_on_a_replayed_series()
    {
        using var folder = new TempFolder();
        var replay = Replay.Seeded(seed: 7, samples: 2400);
        await File.WriteAllTextAsync(folder.File("slo.rules.yml"), SloRuleFile.Write([Availability]), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("replay.yml"), replay.PromtoolTest(), TestContext.Current.CancellationToken);
        replay.Resets.ShouldBeGreaterThan(2);
        replay.Expected.ShouldBeGreaterThan(100);
        await Promtool.AcceptsAsync(folder.Path, "test", "rules", "replay.yml");
    }

    /// <summary>Counters scraped every 10 s over 6 h 40 min, set back to 0 now and then, and the engine fed with the same events.</summary>
    private sealed class Replay
    {
        private readonly StringBuilder events = new();
        private readonly StringBuilder bad = new();
        private readonly StringBuilder expected = new();

        public int Resets { get; private set; }

        public int Expected { get; private set; }

        private static string Labels => InYaml("");

        public static Replay Seeded(int seed, int samples)
        {
            var replay = new Replay();
            var random = new Random(seed);
            var time = new ManualTime();
            using var monitor = new SloMonitor(time);
            var slo = monitor.RegisterSlo(Availability);
            var counter = default(EventCount);
            replay.Sample(counter);
            for (var i = 1; i < samples; i++)
            {
                counter = replay.Reset(counter, random.Next(300) == 0);
                var added = new EventCount(random.Next(50), random.Next(30) == 0 ? random.Next(3) : 0);
                added = added with { Bad = Math.Min(added.Bad, added.Total) };
                slo.Add(time.Now.ToUnixTimeSeconds(), added);
                counter += added;
                replay.Sample(counter);
                time.Advance(TimeSpan.FromSeconds(10));
                if (i % 60 == 0)
                {
                    replay.Expect(i * 10, slo.Status());
                }
            }

            return replay;
        }

        public string PromtoolTest()
        {
            return $"""
                rule_files: [slo.rules.yml]
                evaluation_interval: 10m
                tests:
                  - interval: 10s
                    input_series:
                      - series: {InYaml(SloMetrics.Events)}
                        values: "{events}"
                      - series: {InYaml(SloMetrics.BadEvents)}
                        values: "{bad}"
                    promql_expr_test:
                {expected}
                """;
        }

        private static string InYaml(string metric) =>
            $"'{metric}{{slo=\"{Availability.Name}\",service={SloRuleFile.Quoted(Availability.Service).Replace("'", "''")}}}'";

        private EventCount Reset(EventCount counter, bool isReset)
        {
            Resets += isReset ? 1 : 0;
            return isReset ? default : counter;
        }

        private void Sample(EventCount counter)
        {
            events.Append(CultureInfo.InvariantCulture, $"{counter.Total} ");
            bad.Append(CultureInfo.InvariantCulture, $"{counter.Bad} ");
        }

        private void Expect(int second, SloStatus status)
        {
            // Windows that reach before the first sample are extrapolated by Prometheus.
            foreach (var reading in status.Burns.Where(b => b.Window.TotalDays < 1 && b.Window.TotalSeconds <= second))
            {
                Expected++;
                var series = SloRuleFile.Series("burn_rate", reading.Window);
                expected.Append(
                    CultureInfo.InvariantCulture,
                    $"      - expr: 'abs({series} - {reading.Burn:R}) < bool 0.000001'\n        eval_time: {second}s\n        exp_samples: [{{ labels: {Labels}, value: 1 }}]\n"
                );
            }
        }
    }
}
