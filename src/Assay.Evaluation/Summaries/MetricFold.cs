using Assay.Evaluation.Metrics;
using Assay.Statistics.Means;
using Assay.Statistics.Rates;
using Assay.Statistics.Samples;

namespace Assay.Evaluation.Summaries;

/// <summary>Gathers the values of one metric, case by case.</summary>
internal sealed class MetricFold(string name, string fingerprint, MetricScale scale, int cases, int repeats)
{
    private static readonly double[] Shares = [0.5, 0.9, 0.95, 0.99];

    private readonly double[] now = new double[repeats];
    private readonly Moments[] ofRepeats = new Moments[repeats];
    private int found;
    private int failed;
    private int unfit;
    private int notApplicable;
    private int errors;
    private string? firstError;
    private double squaresWithin;
    private long freedomWithin;
    private double inverseRepeats;

    /// <summary>The sum over all cases and repeats that have a value.</summary>
    public double Sum { get; private set; }

    /// <summary>How many values that are.</summary>
    public int Count { get; private set; }

    public CaseSeries Values { get; } = new(cases);

    /// <summary>The share of a case's measurements that failed; no value where the metric does not apply or nothing was measured.</summary>
    public CaseSeries Failures { get; } = new(cases);

    /// <summary>One repeat of the case that goes on.</summary>
    public void Add(int repeat, Measurement measured)
    {
        switch (measured)
        {
            case Measurement.Value value when double.IsFinite(value.Score):
                Add(repeat, value.Score);
                break;
            // A price that nobody knows is missing; it is not a case without a price.
            case Measurement.NotApplicable when scale.Unit != "usd":
                unfit++;
                break;
            default:
                failed++;
                errors++;
                firstError ??= measured switch
                {
                    Measurement.Error error => error.Reason,
                    Measurement.NotApplicable none => none.Reason,
                    _ => "The value is no finite number.",
                };
                break;
        }
    }

    public void Add(int repeat, double value)
    {
        now[found++] = value;
        Sum += value;
        Count++;
        ofRepeats[repeat] = Moments.Merge(ofRepeats[repeat], Moments.Of([value]));
    }

    /// <summary>The case is over.</summary>
    public void EndCase(int index)
    {
        if (found > 0)
        {
            var moments = Moments.Of(now.AsSpan(0, found));
            Values[index] = moments.Mean;
            squaresWithin += moments.M2;
            freedomWithin += found - 1;
            inverseRepeats += 1.0 / found;
        }

        if (found + failed > 0)
        {
            Failures[index] = failed / (double)(found + failed);
        }

        notApplicable += found + failed == 0 && unfit > 0 ? 1 : 0;
        (found, failed, unfit) = (0, 0, 0);
    }

    public MetricSummary Summary(CaseClusters clusters)
    {
        var sample = Values.Sample(clusters);
        var moments = Moments.Of(sample.Values);
        return new MetricSummary(name, fingerprint, scale)
        {
            N = sample.Count,
            Clusters = sample.ClusterCount,
            NotApplicable = notApplicable,
            Errors = errors,
            FirstError = firstError,
            Missing = cases - sample.Count - notApplicable,
            Mean = sample.IsClustered ? ClusteredMean.Of<int>(sample.Values, sample.Clusters) : MeanInterval.Of(moments),
            Average = moments.Count > 0 ? moments.Mean : null,
            StandardDeviation = moments.Count > 1 ? moments.StandardDeviation : null,
            Range = moments.Count > 0 ? new ValueRange(moments.Min, moments.Max) : null,
            Share = sample.Count > 0 && !sample.IsClustered && sample.IsBinary ? RateInterval.Wilson((long)sample.Values.Sum(), sample.Count) : null,
            Quantiles = Quantiles(sample),
            Repeats = repeats > 1 ? Split(moments) : null,
        };
    }

    private static QuantileSummary[] Quantiles(CaseSample sample)
    {
        var ordered = OrderedSample.Of(sample.Values);
        return [.. Shares.Select(q => new QuantileSummary(q, ordered.Quantile(q), sample.IsClustered ? null : ordered.Interval(q).AsComputed?.Interval))];
    }

    /// <summary>One-way analysis of variance: the variance of case means holds that of repeats, divided by how many there are (Searle, Casella, McCulloch 1992, ch. 3).</summary>
    private VarianceSplit Split(in Moments means)
    {
        var within = freedomWithin > 0 ? squaresWithin / freedomWithin : 0;
        var share = means.Count > 0 ? inverseRepeats / means.Count : 1;
        double?[] perRepeat = [.. ofRepeats.Select(m => m.Count > 0 ? m.Mean : (double?)null)];
        var runs = Moments.Of([.. perRepeat.OfType<double>()]);
        return new VarianceSplit(perRepeat, Math.Max(0, means.Variance - (within * share)), within, runs.Count > 1 ? runs.StandardDeviation : null);
    }
}
