using System.Globalization;
using System.Text;
using Assay.Telemetry;

namespace Assay.Tests.Tidy;

/// <summary>The reference page of everything that may be emitted, written from the registry.</summary>
internal static class TelemetryPage
{
    public const string Path = "docs/reference/en/metrics.md";

    public static string Render(TelemetryRegistry registry)
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Telemetry reference

            Written from `src/Assay/Telemetry/registry.json` by `ASSAY_ACCEPT=1 make test`; do not edit it by hand. A name that is not here is not emitted.

            ## Metrics

            | metric | type | unit | labels | meaning |
            | --- | --- | --- | --- | --- |

            """
        );
        AppendAll(page, registry.Metrics, m => $"| `{m.Name}` | {Lower(m.Type)} | {Unit(m.Unit)} | {Names(m.Labels.Select(l => l.Name))} | {m.Help} |");
        page.Append(
            "\n### Label values\n\nEvery label has a closed set of values; where a service brings its own, such as its operations, so many are taken and the rest is `other`.\n\n| metric | label | values |\n| --- | --- | --- |\n"
        );
        AppendAll(page, registry.Metrics.SelectMany(m => m.Labels, (m, l) => (m, l)), p => $"| `{p.m.Name}` | `{p.l.Name}` | {Names(p.l.Values)}{Own(p.l)} |");
        page.Append("\n### Buckets\n\nUpper bounds; a last bucket without bound follows.\n\n| metric | buckets |\n| --- | --- |\n");
        AppendAll(page, registry.Metrics.Where(m => m.Buckets.Count > 0), m => $"| `{m.Name}` | {string.Join(", ", m.Buckets.Select(Number))} |");
        page.Append("\n## Spans\n\n| span | source | attributes | meaning |\n| --- | --- | --- | --- |\n");
        AppendAll(page, registry.Spans, s => $"| `{s.Name}` | `{s.Source}` | {Names(s.Attributes)} | {s.Help} |");
        page.Append("\n## Attributes\n\n| attribute | type | unit | meaning |\n| --- | --- | --- | --- |\n");
        AppendAll(page, registry.Attributes, a => $"| `{a.Name}` | {a.Type} | {Unit(a.Unit)} | {a.Help} |");
        return page.ToString();
    }

    private static void AppendAll<T>(StringBuilder page, IEnumerable<T> items, Func<T, string> row)
    {
        foreach (var item in items)
        {
            page.Append(row(item)).Append('\n');
        }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"`{n}`"));

    private static string Own(LabelDefinition label) => label.OwnValues > 0 ? $" and up to {label.OwnValues} of the service's own" : "";

    private static string Unit(string unit) => unit is "" or "1" ? "" : unit;

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Lower(MetricType type) => type.ToString().ToLowerInvariant();
}
