using System.Diagnostics.Metrics;
using Assay.Telemetry;

namespace Assay.Observability.Prometheus;

/// <summary>Lets registered counters start at 0: a counter that first appears at 1 hides its first event from <c>rate()</c>.</summary>
internal sealed class CounterZeros(Func<MetricDefinition, IReadOnlyDictionary<string, string>, bool> startsAtZero)
{
    // A closed label set is small by nature; a definition past this bound is a mistake that must not fill the page.
    private const int MaxSeries = 1000;

    private readonly Lock gate = new();
    private List<(Instrument Counter, MetricDefinition Definition)> pending = [];

    /// <summary>Combinations of the values of all labels.</summary>
    public static long SeriesOf(MetricDefinition definition) => definition.Labels.Aggregate(1L, (product, label) => product * Math.Max(1, label.MostValues));

    /// <summary>Remembers a counter of whole numbers or of fractions; other instruments are left alone.</summary>
    public void Add(Instrument instrument, MetricDefinition definition)
    {
        if (instrument is not (Counter<long> or Counter<double>))
        {
            return;
        }

        lock (gate)
        {
            pending.Add((instrument, definition));
        }
    }

    /// <summary>Counts 0 on every series of the counters added since the last call.</summary>
    public void Start()
    {
        List<(Instrument, MetricDefinition)> started;
        lock (gate)
        {
            if (pending.Count == 0)
            {
                return;
            }

            // An instrument is announced before its listener hears it: the others wait for the next scrape.
            started = pending.FindAll(p => p.Counter.Enabled);
            pending = pending.FindAll(p => !p.Counter.Enabled);
        }

        foreach (var (counter, definition) in started)
        {
            StartAll(counter, definition);
        }
    }

    private void StartAll(Instrument counter, MetricDefinition definition)
    {
        if (SeriesOf(definition) > MaxSeries)
        {
            return;
        }

        IEnumerable<Dictionary<string, string>> series = [new(StringComparer.Ordinal)];
        foreach (var label in definition.Labels)
        {
            series = series.SelectMany(s => label.Values.Select(v => new Dictionary<string, string>(s, StringComparer.Ordinal) { [label.Name] = v }));
        }

        foreach (var labels in series.Where(s => startsAtZero(definition, s)))
        {
            AddZero(counter, [.. labels.Select(l => new KeyValuePair<string, object?>(l.Key, l.Value))]);
        }
    }

    private static void AddZero(Instrument counter, KeyValuePair<string, object?>[] tags)
    {
        if (counter is Counter<long> whole)
        {
            whole.Add(0, tags);
        }
        else if (counter is Counter<double> fractional)
        {
            fractional.Add(0, tags);
        }
    }
}
