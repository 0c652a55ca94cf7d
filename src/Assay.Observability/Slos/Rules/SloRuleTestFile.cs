using System.Globalization;
using System.Text;

namespace Assay.Observability.Slos.Rules;

/// <summary>Tests of the rules for <c>promtool test rules</c>: what fires in an outage, what does not fire on a quiet day, and what the burn rate is.</summary>
public static class SloRuleTestFile
{
    /// <summary>The tests as YAML.</summary>
    /// <param name="slos">The SLOs of the rules. Those that Prometheus counts itself have no test: which series a selector finds is not known here.</param>
    /// <param name="ruleFile">The rules' file, as seen from that of the tests.</param>
    public static string Write(IEnumerable<SloDefinition> slos, string ruleFile)
    {
        ArgumentNullException.ThrowIfNull(slos);
        var text = new StringBuilder();
        text.Append("# Written by `assay slo rules --tests`. Run: promtool test rules FILE\n");
        text.Append($"rule_files:\n  - {SloRuleFile.Quoted(ruleFile)}\nevaluation_interval: 1m\ntests:\n");
        var counted = slos.Where(s => s.Indicator.Signal != SloSignal.Prometheus).ToList();
        if (counted.Count > 0)
        {
            AppendOutage(text, counted);
            AppendQuietDay(text, counted);
            AppendWithinBudget(text, counted);
        }

        return text.ToString();
    }

    // 100 events a minute, all bad for 10 minutes after two good hours.
    private static void AppendOutage(StringBuilder text, IReadOnlyList<SloDefinition> slos)
    {
        Begin(text, slos, "every event is bad for ten minutes", "0+100x180", _ => "0x120 100+100x9 1000x50");
        foreach (var severity in (AlertSeverity[])[AlertSeverity.Page, AlertSeverity.Ticket])
        {
            Expect(text, [], severity, "119m");
            Expect(text, slos.Where(slo => SloRuleFile.Reachable(slo, severity).Any(p => IsReached(slo, p))), severity, "129m");
        }

        Expect(text, [], AlertSeverity.Page, "170m");
        text.Append("    promql_expr_test:\n");
        foreach (var slo in slos)
        {
            Value(text, SloRuleFile.Series("burn_rate", TimeSpan.FromMinutes(5)), slo, "129m", 1 / slo.Budget);
            Value(text, SloRuleFile.Series("bad_events", TimeSpan.FromMinutes(30)), slo, "129m", 900);
        }
    }

    // An event every three minutes, and a single bad one: a burn rate of hundreds that proves nothing, unless one in a million is too many.
    private static void AppendQuietDay(StringBuilder text, IReadOnlyList<SloDefinition> slos)
    {
        Begin(text, slos, "one of few events is bad", Steps(60, 3), _ => "0x90 1x90");
        Expect(text, [], AlertSeverity.Page, "91m");
        Expect(text, [], AlertSeverity.Page, "95m");
        // Tickets read series of another group, which may be a minute behind.
        Expect(text, slos.Where(slo => SloRuleFile.Reachable(slo, AlertSeverity.Ticket).Any(p => IsProvenByOne(slo, p))), AlertSeverity.Ticket, "95m");
    }

    // After an hour and a half there were some thirty events.
    private static bool IsProvenByOne(SloDefinition slo, BurnPair pair) => BurnEvidence.Holds(pair, new EventCount(31, 1), slo.Budget);

    private static void AppendWithinBudget(StringBuilder text, IReadOnlyList<SloDefinition> slos)
    {
        // 2 million events a minute, so that half of the smallest budget is a whole number.
        Begin(text, slos, "half the budget is spent", "0+2000000x180", slo => Text($"0+{HalfOfBudget(slo)}x180"));
        Expect(text, [], AlertSeverity.Page, "180m");
        Expect(text, [], AlertSeverity.Ticket, "180m");
        text.Append("    promql_expr_test:\n");
        foreach (var slo in slos)
        {
            Value(text, SloRuleFile.Series("burn_rate", TimeSpan.FromHours(1)), slo, "180m", HalfOfBudget(slo) / (2_000_000 * slo.Budget));
        }
    }

    private static long HalfOfBudget(SloDefinition slo) => (long)Math.Round(slo.Budget * 1_000_000);

    private static void Begin(StringBuilder text, IReadOnlyList<SloDefinition> slos, string name, string events, Func<SloDefinition, string> bad)
    {
        text.Append($"  - name: {SloRuleFile.Quoted(name)}\n    interval: 1m\n    input_series:\n");
        foreach (var slo in slos)
        {
            var labels = Text($"{{slo=\"{slo.Name}\",service={SloRuleFile.Quoted(slo.Service)},instance=\"a\"}}");
            text.Append($"      - {{ series: {InYaml(SloMetrics.Events + labels)}, values: \"{events}\" }}\n");
            text.Append($"      - {{ series: {InYaml(SloMetrics.BadEvents + labels)}, values: \"{bad(slo)}\" }}\n");
        }

        text.Append("    alert_rule_test:\n");
    }

    private static void Expect(StringBuilder text, IEnumerable<SloDefinition> firing, AlertSeverity severity, string at)
    {
        var alert = severity == AlertSeverity.Page ? SloRuleFile.PageAlert : SloRuleFile.TicketAlert;
        text.Append($"      - eval_time: {at}\n        alertname: {alert}\n");
        var slos = firing.ToList();
        text.Append(slos.Count == 0 ? "        exp_alerts: []\n" : "        exp_alerts:\n");
        foreach (var slo in slos)
        {
            text.Append("          - exp_labels: ");
            text.Append($"{{ slo: {slo.Name}, service: {SloRuleFile.Quoted(slo.Service)}, severity: {SloRuleFile.Name(severity)} }}\n");
            text.Append($"            exp_annotations:\n              summary: {SloRuleFile.Quoted(SloRuleFile.Summary(slo, severity))}\n");
            text.Append($"              runbook: {SloRuleFile.Runbook}\n");
        }
    }

    // promtool compares digits; a difference is compared instead.
    private static void Value(StringBuilder text, string series, SloDefinition slo, string at, double value)
    {
        var expression = Text($"abs({series}{{slo=\"{slo.Name}\"}} - {value:R}) < bool 0.000001");
        var labels = $"{{slo=\"{slo.Name}\",service={SloRuleFile.Quoted(slo.Service)}}}";
        text.Append($"      - expr: {SloRuleFile.Quoted(expression)}\n        eval_time: {at}\n");
        text.Append($"        exp_samples: [{{ labels: {InYaml(labels)}, value: 1 }}]\n");
    }

    /// <summary>Whether the outage burns so much: 9 minutes of it have been seen, the long window is filled with good events as far as there were any.</summary>
    private static bool IsReached(SloDefinition slo, BurnPair pair)
    {
        var seen = Math.Min(pair.Long.TotalMinutes, 129);
        return 9 / seen / slo.Budget >= pair.Burn;
    }

    private static string InYaml(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Steps(int count, int minutes) => string.Join(' ', Enumerable.Range(0, count).Select(i => Text($"{i}x{minutes - 1}")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
