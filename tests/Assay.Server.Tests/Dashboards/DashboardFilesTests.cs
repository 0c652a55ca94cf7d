using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.Observability.Slos;
using Assay.Telemetry;

namespace Assay.Server.Tests.Dashboards;

/// <summary>Dashboards as files: complete, unmistakable, and about signals that exist. Whether they show anything, a real Prometheus says.</summary>
public sealed partial class DashboardFilesTests
{
    // What every Prometheus has by itself.
    private static readonly string[] Builtin = ["ALERTS", "up"];

    private static IReadOnlyList<DashboardFile> All => DashboardFile.All();

    [Fact]
    public void There_is_a_dashboard_for_services_the_pipeline_the_hub_costs_SLOs_benchmarks_and_flags()
    {
        All.Select(d => d.Name).ShouldBe(["assay-benchmarks", "assay-costs", "assay-flags", "assay-hub", "assay-pipeline", "assay-service", "assay-slos"]);
        All.ShouldAllBe(d => d.Uid == d.Name);
    }

    [Fact]
    public void Every_metric_of_a_panel_is_registered_or_recorded_by_a_rule()
    {
        var known = Known();
        All.SelectMany(d => d.Queries).SelectMany(q => Unknown(q.Expression, known).Select(n => $"{q.Dashboard}, {q.Panel}: {n}")).ShouldBeEmpty();
        All.SelectMany(d => d.Variables).SelectMany(v => Unknown(DashboardFile.Text(v, "definition"), known)).ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_sees_a_metric_that_nobody_emits()
    {
        var known = Known();
        Unknown("sum by (le, job) (rate(rag_dense_latency_seconds_bucket{job=~\"$job\"}[5m])) or on () vector(0)", known).ShouldBeEmpty();
        Unknown("histogram_quantile(0.9, sum by (le) (rate(rag_dens_latency_seconds_bucket[5m])))", known).ShouldBe(["rag_dens_latency_seconds_bucket"]);
        // A counter has no buckets, and a histogram no value of its own.
        Unknown("rag_fallbacks_total_bucket + rag_dense_latency_seconds", known).ShouldBe(["rag_fallbacks_total_bucket", "rag_dense_latency_seconds"]);
        Unknown("slo:burn_rate:7m{slo=\"up\"}", known).ShouldBe(["slo:burn_rate:7m"]);
    }

    [Fact]
    public void Every_metric_of_the_registry_is_on_a_dashboard()
    {
        var shown = All.SelectMany(d => d.Queries).SelectMany(q => Names(q.Expression)).ToHashSet();
        TelemetryRegistry.Default.Metrics.Where(m => !NamesOf(m).Any(shown.Contains)).Select(m => m.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_panel_says_what_it_shows_in_which_unit_and_from_where()
    {
        var faults =
            from dashboard in All
            from panel in dashboard.Panels
            from fault in Faults(panel)
            select $"{dashboard.Name}, {DashboardFile.Text(panel, "title")}: {fault}";
        faults.ShouldBeEmpty();
    }

    [Fact]
    public void Titles_and_ids_are_given_once()
    {
        foreach (var dashboard in All)
        {
            dashboard.Panels.Select(p => p.GetProperty("id").GetInt32()).ShouldBeUnique();
            dashboard.Variables[0].GetProperty("type").GetString().ShouldBe("datasource");
            dashboard.Variables.Skip(1).ShouldAllBe(v => v.GetProperty("allValue").GetString() == ".*");
        }
    }

    [Fact]
    public void Panels_do_not_cover_each_other()
    {
        foreach (var dashboard in All)
        {
            var cells = dashboard.Panels.SelectMany(Cells).ToList();
            cells.ShouldBeUnique(dashboard.Name);
            cells.ShouldAllBe(c => c.X < 24);
        }
    }

    private static IEnumerable<(int X, int Y)> Cells(JsonElement panel)
    {
        var place = panel.GetProperty("gridPos");
        var (x, y) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32());
        return from dx in Enumerable.Range(0, place.GetProperty("w").GetInt32())
            from dy in Enumerable.Range(0, place.GetProperty("h").GetInt32())
            select (x + dx, y + dy);
    }

    private static IEnumerable<string> Faults(JsonElement panel)
    {
        var defaults = panel.GetProperty("fieldConfig").GetProperty("defaults");
        var targets = panel.GetProperty("targets").EnumerateArray().ToList();
        (bool Wrong, string What)[] rules =
        [
            (DashboardFile.Text(panel, "title").Length == 0, "no title"),
            (DashboardFile.Text(panel, "description").Length == 0, "no description"),
            (DashboardFile.Text(defaults, "unit").Length == 0, "no unit"),
            (defaults.GetProperty("thresholds").GetProperty("steps").GetArrayLength() == 0, "no thresholds"),
            (targets.Count == 0, "no query"),
            (
                targets.Append(panel).Any(t => DashboardFile.Text(t.GetProperty("datasource"), "uid") != "${datasource}"),
                "another data source than the chosen one"
            ),
            (targets.Select(t => DashboardFile.Text(t, "refId")).Distinct().Count() < targets.Count, "two queries of one name"),
        ];
        return rules.Where(r => r.Wrong).Select(r => r.What);
    }

    private static HashSet<string> Known()
    {
        var recorded = Directory
            .EnumerateFiles(RepositoryFolder.Of("deploy/prometheus"), "*.rules.yml")
            .SelectMany(f => Recorded().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups["name"].Value);
        return
        [
            .. TelemetryRegistry.Default.Metrics.SelectMany(NamesOf),
            .. recorded,
            // Their labels hold the names of SLOs and services: no closed sets, so that they are not in the registry.
            SloMetrics.Events,
            SloMetrics.BadEvents,
            .. Builtin,
        ];
    }

    private static IEnumerable<string> NamesOf(MetricDefinition metric) =>
        metric.Type == MetricType.Histogram ? [metric.Name + "_bucket", metric.Name + "_sum", metric.Name + "_count"] : [metric.Name];

    private static IEnumerable<string> Unknown(string expression, HashSet<string> known) => Names(expression).Where(n => !known.Contains(n));

    /// <summary>Names of metrics in a query: what is neither a function, a word of the language, a label nor a number.</summary>
    private static List<string> Names(string expression)
    {
        var bare = Labels().Replace(Grouping().Replace(expression, " "), " ");
        return [.. Name().Matches(bare).Select(m => m.Value).Where(n => n is not ("or" or "and" or "unless" or "bool")).Distinct()];
    }

    [GeneratedRegex(@"- record: (?<name>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Recorded();

    [GeneratedRegex(@"\b(by|on|ignoring|without|group_left|group_right)\s*\([^)]*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Grouping();

    // Matchers, ranges and texts, and the label that label_values asks for.
    [GeneratedRegex("""\{[^}]*\}|\[[^\]]*\]|"[^"]*"|,\s*[a-z_]+\s*\)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Labels();

    [GeneratedRegex(@"\b[A-Za-z_][A-Za-z0-9_:]*\b(?!\s*\()", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
