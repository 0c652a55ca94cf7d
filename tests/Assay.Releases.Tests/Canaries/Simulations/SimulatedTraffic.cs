using Assay.Releases.Canaries;
using Assay.Statistics.Samples;

namespace Assay.Releases.Tests.Canaries.Simulations;

/// <summary>What arrives at a simulated service at each look.</summary>
/// <param name="CanaryPerLook">Requests of the canary.</param>
/// <param name="Percent">Its share of traffic.</param>
internal sealed record SimulatedTraffic(double CanaryPerLook, decimal Percent)
{
    /// <summary>The share of failed requests of control.</summary>
    public double Errors { get; init; } = 0.005;

    /// <summary>How many times as often the canary fails.</summary>
    public double ErrorRise { get; init; } = 1;

    /// <summary>How many times as long its requests take.</summary>
    public double LatencyRise { get; init; } = 1;

    /// <summary>How much lower its scores are.</summary>
    public double QualityLoss { get; init; }

    public double ControlPerLook => CanaryPerLook * (double)((100 - Percent) / Percent);
}

/// <summary>One arm of a simulated service as it accumulates: log-normal durations, failures, normal scores.</summary>
internal sealed class SimulatedArm(Random random, double perLook, double errors, double latencyRise, double quality)
{
    // 32 buckets for each doubling, from 16 ms to 16 s; durations have a median of 200 ms and σ = 0.6.
    private const int Scale = 5;
    private const int First = 4 << Scale;
    private const int Buckets = 10 << Scale;
    private const double Median = 200;
    private const double Sigma = 0.6;
    private const double QualitySpread = 0.15;

    private readonly double[] shares = Shares(latencyRise);
    private readonly long[] durations = new long[Buckets];
    private long failed;
    private Moments scores;

    public long Count { get; private set; }

    public void Look()
    {
        // Requests arrive at random: a count of its own for each bucket is the same as a random number of requests that each fall into one.
        var arrived = 0L;
        for (var i = 0; i < Buckets; i++)
        {
            if (shares[i] > 0)
            {
                var n = Poisson.Next(random, perLook * shares[i]);
                durations[i] += n;
                arrived += n;
            }
        }

        Count += arrived;
        failed += Math.Min(arrived, Poisson.Next(random, arrived * errors));
        scores = Moments.Merge(scores, Scores(arrived));
    }

    public MetricReading Reading(CanaryMetric metric, SimulatedArm canary) =>
        metric.Kind switch
        {
            CanaryMetricKind.Rate => new MetricReading(metric.Name, ArmReading.Rate(Count, failed), ArmReading.Rate(canary.Count, canary.failed)),
            CanaryMetricKind.Mean => new MetricReading(metric.Name, ArmReading.Mean(scores), ArmReading.Mean(canary.scores)),
            _ => new MetricReading(metric.Name, ArmReading.Quantile(Sketch()), ArmReading.Quantile(canary.Sketch())),
        };

    private QuantileSketch Sketch()
    {
        var (low, high) = (Array.FindIndex(durations, n => n > 0), Array.FindLastIndex(durations, n => n > 0));
        return low < 0
            ? new QuantileSketch()
            : QuantileSketch.FromState(
                new SketchState(
                    Scale,
                    QuantileSketch.DefaultMaxBuckets,
                    0,
                    0,
                    Middle(First + low),
                    Middle(First + high),
                    new SketchSide(First + low, durations[low..(high + 1)]),
                    new SketchSide(0, [])
                )
            );
    }

    // Mean and variance of a normal sample, without drawing each value; the variance by its normal limit.
    private Moments Scores(long n) =>
        n < 2
            ? default
            : Moments.FromSummary(
                n,
                quality + (QualitySpread * Normal() / Math.Sqrt(n)),
                QualitySpread * Math.Sqrt(Math.Max(0.01, 1 + (Normal() * Math.Sqrt(2.0 / (n - 1)))))
            );

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Middle(int bucket) => Math.Pow(2, (bucket + 0.5) / (1 << Scale));

    private static double[] Shares(double rise)
    {
        double Below(int bucket) => Cumulative((Math.Log(Math.Pow(2, (double)bucket / (1 << Scale))) - Math.Log(Median * rise)) / Sigma);
        return [.. Enumerable.Range(First, Buckets).Select(b => Below(b + 1) - Below(b)).Select(s => s < 1e-9 ? 0 : s)];
    }

    // Abramowitz and Stegun 7.1.26, right to 1.5e-7.
    private static double Cumulative(double z)
    {
        var t = 1 / (1 + (0.3275911 * Math.Abs(z) / Math.Sqrt(2)));
        var tail = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        var half = tail * Math.Exp(-z * z / 2) / 2;
        return z >= 0 ? 1 - half : half;
    }
}
