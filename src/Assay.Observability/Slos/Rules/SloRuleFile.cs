using System.Globalization;
using System.Text;

namespace Assay.Observability.Slos.Rules;

/// <summary>Prometheus rules of SLOs: counts and burn rates of every window, and the alerts of <see cref="BurnPolicy"/>.</summary>
public static class SloRuleFile
{
    internal const string PageAlert = "AssaySloPage";
    internal const string TicketAlert = "AssaySloTicket";
    internal const string Runbook = "docs/reference/en/slos.md#when-an-alert-comes";

    /// <summary>The rules as YAML, for <c>rule_files</c>.</summary>
    /// <param name="slos">The SLOs.</param>
    public static string Write(IEnumerable<SloDefinition> slos)
    {
        ArgumentNullException.ThrowIfNull(slos);
        var text = new StringBuilder();
        text.Append("# Written by `assay slo rules` from the SLOs of the catalog: change those, not this file.\n");
        text.Append("# What each series and alert means is in docs/reference/en/slos.md.\n");
        text.Append("groups:\n");
        foreach (var slo in slos)
        {
            Append(text, slo);
        }

        return text.ToString();
    }

    /// <summary>The name of a recorded series of a window, such as <c>slo:burn_rate:5m</c>.</summary>
    internal static string Series(string what, TimeSpan window) => $"slo:{what}:{BurnText.Name(window)}";

    internal static string Summary(SloDefinition slo, AlertSeverity severity)
    {
        var pairs = Reachable(slo, severity).Select(p => Text($"{p.Burn:0.#} times in {BurnText.Name(p.Short)} and {BurnText.Name(p.Long)}"));
        return $"{slo.Service} burns the error budget of {slo.Name} at least {string.Join(", or ", pairs)}.";
    }

    /// <summary>Pairs that can fire at all: with every event bad the budget of 0.2 burns 5 times, never 6.</summary>
    internal static IEnumerable<BurnPair> Reachable(SloDefinition slo, AlertSeverity severity) =>
        BurnPolicy.Pairs.Where(p => p.Severity == severity && p.Burn <= slo.GreatestBurn);

    private static void Append(StringBuilder text, SloDefinition slo)
    {
        // Windows of a day and more read much, and change little in a minute.
        var (brief, lengthy) = (BurnPolicy.Windows.Where(w => w.TotalDays < 1), BurnPolicy.Windows.Where(w => w.TotalDays >= 1));
        text.Append($"  - name: slo-{slo.Name}-days\n    interval: 1m\n    rules:\n");
        AppendWindows(text, slo, lengthy);
        text.Append($"  - name: slo-{slo.Name}\n    rules:\n");
        AppendWindows(text, slo, brief);
        AppendAlert(text, slo, AlertSeverity.Page);
        AppendAlert(text, slo, AlertSeverity.Ticket);
    }

    private static void AppendWindows(StringBuilder text, SloDefinition slo, IEnumerable<TimeSpan> windows)
    {
        foreach (var window in windows)
        {
            var (events, bad) = Counts(slo, window);
            AppendRecord(text, slo, Series("events", window), events);
            AppendRecord(text, slo, Series("bad_events", window), bad);
            var where = Where(slo);
            AppendRecord(
                text,
                slo,
                Series("burn_rate", window),
                Text($"{Series("bad_events", window)}{where} / ({Series("events", window)}{where} > 0) / {slo.Budget:R}")
            );
        }
    }

    private static (string Events, string Bad) Counts(SloDefinition slo, TimeSpan window)
    {
        if (slo.Indicator.Prometheus is not { } counters)
        {
            return (Increase(SloMetrics.Events + Where(slo), window), Increase(SloMetrics.BadEvents + Where(slo), window));
        }

        var events = Increase(counters.Total, window);
        // A series of errors often begins with the first error: none is 0, where there are events at all.
        var bad = counters.Bad is { } selector
            ? $"{Increase(selector, window)} or 0 * {events}"
            : $"clamp_min({events} - ({Increase(counters.Good!, window)} or 0 * {events}), 0)";
        return (events, bad);
    }

    private static void AppendRecord(StringBuilder text, SloDefinition slo, string name, string expression)
    {
        text.Append($"      - record: {name}\n        expr: >-\n          {expression}\n");
        text.Append($"        labels: {{ slo: {slo.Name}, service: {Quoted(slo.Service)} }}\n");
    }

    private static void AppendAlert(StringBuilder text, SloDefinition slo, AlertSeverity severity)
    {
        var pairs = Reachable(slo, severity).Select(p => Condition(slo, p)).ToList();
        if (pairs.Count == 0)
        {
            text.Append($"      # No {Name(severity)}: at this target even a full outage burns at {Text($"{slo.GreatestBurn:0.#}")} times only.\n");
            return;
        }

        text.Append($"      - alert: {(severity == AlertSeverity.Page ? PageAlert : TicketAlert)}\n        expr: |\n");
        foreach (var line in string.Join("\nor\n", pairs).Split('\n'))
        {
            text.Append($"          {line}\n");
        }

        text.Append($"        labels: {{ slo: {slo.Name}, service: {Quoted(slo.Service)}, severity: {Name(severity)} }}\n");
        text.Append($"        annotations:\n          summary: {Quoted(Summary(slo, severity))}\n          runbook: {Runbook}\n");
    }

    private static string Condition(SloDefinition slo, BurnPair pair) =>
        $"({Burns(slo, pair.Short, pair.Burn)}\nand {Burns(slo, pair.Long, pair.Burn)}\nand (\n  {Evidence(slo, pair, pair.Short)}\n  or {Evidence(slo, pair, pair.Long)}\n))";

    private static string Burns(SloDefinition slo, TimeSpan window, double burn) => Text($"{Series("burn_rate", window)}{Where(slo)} >= {burn:R}");

    private static string Evidence(SloDefinition slo, BurnPair pair, TimeSpan window) =>
        EvidenceTable
            .Of(pair, slo.Budget)
            .Expression(Series("bad_events", window) + Where(slo), Series("events", window) + Where(slo))
            .Replace("\n", "\n  ", StringComparison.Ordinal);

    private static string Increase(string selector, TimeSpan window) => $"sum(increase({selector}[{BurnText.Name(window)}]))";

    private static string Where(SloDefinition slo) => $"{{slo=\"{slo.Name}\"}}";

    internal static string Name(AlertSeverity severity) => severity == AlertSeverity.Page ? "page" : "ticket";

    /// <summary>A text as a YAML scalar in double quotes.</summary>
    internal static string Quoted(string text) =>
        "\""
        + string.Concat(
            text.Select(c =>
                c is '"' or '\\' ? "\\" + c
                : char.IsControl(c) ? $"\\x{(int)c:x2}"
                : c.ToString()
            )
        )
        + "\"";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
