using Assay.Statistics;
using Assay.Statistics.Means;
using Assay.Statistics.Resampling;
using Assay.Statistics.Samples;
using Assay.Statistics.Sequential;

namespace Assay.Tests.Statistics.Simulations;

/// <summary>What a method says at a look, from all values of both arms so far.</summary>
internal sealed record LookMethod(string Name, Func<Moments, Moments, StatisticResult> Result)
{
    /// <summary>The test that is not made for looking twice.</summary>
    public static LookMethod Welch { get; } = new("Welch, looked at each time", (c, t) => WelchTest.Compare(c, t));

    public static LookMethod ConfidenceSequence { get; } = new("confidence sequence of means", (c, t) => MeanConfidenceSequence.Compare(c, t));

    public static LookMethod OneSidedSequence { get; } =
        new("one-sided confidence sequence", (c, t) => MeanConfidenceSequence.Compare(c, t, alternative: Alternative.Greater));

    public static LookMethod RateRatio { get; } = new("rate ratio sequence", (c, t) => RateRatioSequence.Compare(Sum(c), Sum(t)));

    public static LookMethod RateDifference { get; } =
        new("rate difference sequence", (c, t) => RateDifferenceSequence.Compare(Sum(c), c.Count, Sum(t), t.Count));

    private static long Sum(Moments zeroOrOne) => (long)Math.Round(zeroOrOne.Mean * zeroOrOne.Count);
}

/// <summary>An experiment without an effect that is looked at again and again, and stopped at the first alarm.</summary>
internal static class Peeking
{
    /// <summary>How often any of the looks called two arms of one population different.</summary>
    /// <param name="method">What is asked at each look.</param>
    /// <param name="population">Of both arms.</param>
    /// <param name="looks">Looks at equal distances.</param>
    /// <param name="perLook">New values in each arm before a look.</param>
    /// <param name="runs">Simulated experiments.</param>
    /// <param name="seed">Of the draws.</param>
    public static Frequency FalseAlarms(LookMethod method, Population population, int looks, int perLook, int runs, long seed)
    {
        var random = new SeededRandom(seed);
        var draw = new Draw(perLook, perLook);
        var hits = 0;
        for (var run = 0; run < runs; run++)
        {
            hits += AnyAlarm(method, population, looks, draw, random) ? 1 : 0;
        }

        return new Frequency(method.Name, population.Name, looks * perLook, runs, hits);
    }

    // The other looks are drawn even after an alarm, so that every method sees the same experiments.
    private static bool AnyAlarm(LookMethod method, Population population, int looks, Draw draw, SeededRandom random)
    {
        var (control, treatment) = (default(Moments), default(Moments));
        var alarm = false;
        for (var look = 0; look < looks; look++)
        {
            population.Fill(draw.Control, random);
            population.Fill(draw.Treatment, random);
            control = Moments.Merge(control, Moments.Of(draw.Control));
            treatment = Moments.Merge(treatment, Moments.Of(draw.Treatment));
            alarm = alarm || IsAlarm(method.Result(control, treatment));
        }

        return alarm;
    }

    // An interval that leaves 0 out, or a p-value at or below 0.05: the sequence of a difference of rates has the interval only.
    private static bool IsAlarm(StatisticResult result) =>
        result is Computed computed && (computed.P is { } p ? p.Value <= 0.05 : computed.Interval is { } interval && !interval.Contains(0));
}
