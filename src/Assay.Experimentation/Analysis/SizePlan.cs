using Assay.Experimentation.Analysis.Comparisons;
using Assay.Statistics.Planning;
using Assay.Statistics.Samples;

namespace Assay.Experimentation.Analysis;

/// <summary>How many units of each arm see an effect.</summary>
/// <param name="Effect">The effect, above 0, in the metric's unit.</param>
/// <param name="Control">Control's figure, on which it rests.</param>
/// <param name="Deviation">The standard deviation of units.</param>
/// <param name="Alpha">The accepted share of false alarms of this test.</param>
/// <param name="Power">The wanted chance to see it.</param>
/// <param name="FixedUnitsPerArm">When it is decided once; null when no number is enough.</param>
/// <param name="SequentialUnitsPerArm">When it may be looked at as often as wanted; null when no number that can be planned is enough.</param>
internal sealed record SizePlan(
    double Effect,
    double? Control,
    double Deviation,
    double Alpha,
    double Power,
    long? FixedUnitsPerArm,
    long? SequentialUnitsPerArm
)
{
    /// <summary>Of means: a difference of units with this deviation.</summary>
    /// <exception cref="AssayException">A figure is out of its range (exit code 2).</exception>
    public static SizePlan OfMean(double? control, double deviation, double difference, double alpha, double power)
    {
        var plan = MeanPower.SampleSize(Math.Abs(difference) / deviation, alpha, power) as PowerPlan;
        return Of(control, deviation, difference, alpha, power, plan?.ControlN, n => MeansOf(n, control ?? 0, deviation));
    }

    /// <summary>Of rates: an absolute lift of this rate.</summary>
    /// <exception cref="AssayException">A figure is out of its range (exit code 2).</exception>
    public static SizePlan OfRate(double rate, double lift, double alpha, double power)
    {
        var plan = RatePower.SampleSize(rate, lift, alpha, power) as PowerPlan;
        return Of(rate, Math.Sqrt(rate * (1 - rate)), lift, alpha, power, plan?.ControlN, n => RatesOf(n, rate));
    }

    /// <summary>The plan of a metric from what control's units show; null when they show too little, or nobody said which effect is worth finding.</summary>
    public static SizePlan? Of(MetricPlan metric, ArmMoments arms, AnalysisPlan plan, double alpha)
    {
        var (mean, deviation) = (arms.Control.Mean, arms.Control.StandardDeviation);
        return metric.MinimalEffect is not { } effect || arms.Control.Count < 2 || deviation <= 0 ? null
            : metric.Kind == MetricKind.Rate ? (Lift(metric, mean, effect) is { } lift ? OfRate(mean, lift, alpha, plan.Power) : null)
            : OfMean(mean, deviation, effect, alpha, plan.Power);
    }

    /// <summary>Whether a rate can become better by so much: it stays between 0 and 1.</summary>
    public static bool HasRoom(double rate, double effect, bool isLowerBetter) => (isLowerBetter ? rate - effect : rate + effect) is > 0 and < 1;

    private static double? Lift(MetricPlan metric, double rate, double effect) =>
        !HasRoom(rate, effect, metric.IsLowerBetter) ? null
        : metric.IsLowerBetter ? -effect
        : effect;

    private static SizePlan Of(double? control, double deviation, double effect, double alpha, double power, long? once, Func<long, Comparison> ofSize)
    {
        // A sequence is tuned for the size at which it is expected to end, about twice the fixed one.
        var tuning = 4 * (once ?? 1);
        var plan = new AnalysisPlan("plan", 1, "control", [], [])
        {
            IsSequential = true,
            Alpha = alpha,
            Power = power,
            Correction = null,
            LeastUnitsPerArm = 2,
            Attribution = TimeSpan.Zero,
            UnitsPerArm = tuning / 2,
        };
        var times = once is { } n ? Sensitivity.TimesToDetect(ofSize(Math.Max(n, 2)), plan, alpha, Math.Abs(effect)) : null;
        return new SizePlan(Math.Abs(effect), control, deviation, alpha, power, once, times is { } t ? (long)Math.Ceiling(t * Math.Max(once!.Value, 2)) : null);
    }

    private static MeansComparison MeansOf(long n, double mean, double deviation)
    {
        var arm = Moments.FromSummary(n, mean, deviation);
        return new MeansComparison(arm, arm);
    }

    private static RatesComparison RatesOf(long n, double rate)
    {
        var arm = new ArmRate((long)Math.Round(n * rate), n);
        return new RatesComparison(arm, arm, 0.5);
    }
}
