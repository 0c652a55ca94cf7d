using Assay.Experimentation.Experiments;
using Assay.Stores;

namespace Assay.Benchmarks.Experiments;

/// <summary>
/// The events of an experiment of two variants in the order of time: all units are exposed, and then come their outcomes, one per unit and round, over three
/// metrics. Units are hashes, so that neighbours in time are far apart in the store.
/// </summary>
/// <param name="units">How many units.</param>
/// <param name="outcomes">Outcomes of each unit.</param>
internal sealed class UnitTraffic(int units, int outcomes)
{
    public const string Experiment = "reranker_model_test";

    private static readonly string[] Metrics = ["latency_ms", "cost", "judge_score"];
    private static readonly DateTimeOffset Begin = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly long BeginNanos = (Begin - DateTimeOffset.UnixEpoch).Ticks * 100;

    // A third of the units has an outcome of the time before its exposure: 10 % of all, and one at the end.
    private const long PreNanos = 3_600_000_000_000;

    public long Events => (long)units * (1 + outcomes);

    public int Units => units;

    /// <summary>Outcomes that are not of the time before their unit's exposure.</summary>
    public long LaterOutcomes => ((long)units * outcomes) - ((units + 2) / 3);

    /// <summary>The time of the last event, and a little more.</summary>
    public DateTimeOffset End => Begin.AddMilliseconds(Events);

    /// <summary>The question of a report: means, rates, a ratio and a covariate over three metrics, or what there is of them.</summary>
    public ExperimentQuery Question { get; } =
        new(Experiment, 1)
        {
            Attribution = TimeSpan.FromHours(72),
            PreExposure = TimeSpan.FromHours(24),
            Metrics = [.. Metrics.Take(Math.Min(outcomes, 3)).Select((m, i) => new ExperimentMetricQuery(m) { Denominator = i == 1 ? Metrics[0] : null })],
        };

    /// <summary>The same as a catalog file: a sum with a covariate, a ratio, a mean and a rate, or what there is of them; with a quantile beside them if asked for.</summary>
    public ExperimentFile Definition(bool withQuantile) =>
        new()
        {
            Name = Experiment,
            Variants = [new ArmEntry { Name = "control", Weight = 50 }, new ArmEntry { Name = "new", Weight = 50 }],
            PreExposureHours = 24,
            Metrics =
            [
                // A third of the units has outcomes of this metric from before: the covariate.
                Entry(0, "sum", "goal"),
                .. outcomes < Metrics.Length ? [] : (MetricEntry[])[Entry(1, "ratio", "guardrail"), Entry(2, "mean", "guardrail"), Entry(2, "rate", "info")],
                .. withQuantile ? (MetricEntry[])[Entry(0, "p95", "guardrail")] : [],
            ],
        };

    private static MetricEntry Entry(int metric, string kind, string role) =>
        new()
        {
            Name = Metrics[metric],
            Kind = kind,
            Per = kind == "ratio" ? Metrics[0] : null,
            Role = role,
            RelativeMargin = role == "guardrail" ? 0.05 : null,
            Better = "lower",
        };

    /// <summary>Some events of all, from one place in their order on.</summary>
    public EventBatch Batch(long from, int count)
    {
        var exposures = new List<ExposureEvent>();
        var outs = new List<OutcomeEvent>();
        for (var at = from; at < Math.Min(from + count, Events); at++)
        {
            var (round, place) = ((int)(at / units), (int)(at % units));
            // A third of those of the first round comes before its exposure.
            var time = BeginNanos + (at * 1_000_000);
            if (round == 0)
            {
                exposures.Add(Exposure(place, time));
            }
            else
            {
                outs.Add(Outcome(place, round, round == 1 && place % 3 == 0 ? time - (units * 1_000_000L) - PreNanos : time));
            }
        }

        return new EventBatch { Exposures = exposures, Outcomes = outs };
    }

    private static ExposureEvent Exposure(int place, long time) =>
        new()
        {
            Experiment = Experiment,
            Version = 1,
            Unit = UnitOf(place),
            Variant = place % 2 == 0 ? "control" : "new",
            TimeNanos = time,
        };

    private static OutcomeEvent Outcome(int place, int round, long time) =>
        new()
        {
            Key = $"{place}-{round}",
            Experiment = Experiment,
            Unit = UnitOf(place),
            Metric = Metrics[(round - 1) % Metrics.Length],
            Value = (((place * 2654435761L) + (round * 40503L)) % 10_007) / 100.0,
            TimeNanos = time,
        };

    // Of the finalizer of MurmurHash3, which permutes 64 bits.
    private static long UnitOf(int place)
    {
        var x = (ulong)place + 1;
        x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCDUL;
        x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return (long)(x ^ (x >> 33));
    }
}
