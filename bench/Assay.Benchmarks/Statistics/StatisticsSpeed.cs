using Assay.Statistics;
using Assay.Statistics.Means;
using Assay.Statistics.Samples;
using MathNet.Numerics.Distributions;
using PeerMoments = MathNet.Numerics.Statistics.RunningStatistics;

namespace Assay.Benchmarks.Statistics;

/// <summary>Moments and Welch's test beside MathNet.Numerics.</summary>
internal static class StatisticsSpeed
{
    private const int Values = 1_000_000;
    private static double sink;

    public static IEnumerable<Figure> Run(TextWriter output)
    {
        var random = new Random(7);
        var values = new double[Values];
        foreach (ref var value in values.AsSpan())
        {
            value = 100 + (20 * random.NextDouble());
        }

        var costs = Rounds.Measure(
            21,
            1,
            new Contender("MathNet RunningStatistics", n => Repeat(n, () => Peer(values))),
            new Contender("Assay Moments", n => Repeat(n, () => Moments.Of(values).M2))
        );
        Rounds.Print(output, "moments of a million values", costs);
        var perSecond = costs.Select(c => Values / c.Ns * 1e3).ToArray();
        yield return new Figure(
            "moments of a million values",
            "million values/s",
            [new Reading("Assay", perSecond[1]), new Reading(costs[0].Name, perSecond[0])],
            Goal.AtLeast("≥ 100 million/s", perSecond[1], 100, "million/s")
        );
        yield return new Figure(
            "the same, allocation",
            "B",
            [new Reading("Assay", costs[1].Bytes), new Reading(costs[0].Name, costs[0].Bytes)],
            Goal.AtMost("0 B", costs[1].Bytes, 0, "B")
        );
        foreach (var n in new[] { 12, 400, 1_000_000 })
        {
            yield return Welch(output, n);
        }
    }

    private static Figure Welch(TextWriter output, int n)
    {
        var control = Moments.FromSummary(n, 100, 11);
        var treatment = Moments.FromSummary(n + (n / 3), 101, 14);
        var costs = Rounds.Measure(
            41,
            2_000,
            new Contender("MathNet StudentT", r => Repeat(r, () => PeerWelch(control, treatment))),
            new Contender("Assay WelchTest", r => Repeat(r, () => ((Computed)WelchTest.Compare(control, treatment)).P!.Value.Log10))
        );
        Rounds.Print(output, $"Welch's test from moments, {n} values in the control", costs);
        return new Figure(
            $"Welch's test from moments, {n:N0} values in the control",
            "ns",
            [new Reading("Assay", costs[1].Ns), new Reading(costs[0].Name, costs[0].Ns)],
            Goal.AtMost("≤ 1,000 ns", costs[1].Ns, 1000, "ns")
        );
    }

    private static double Peer(double[] values)
    {
        var moments = new PeerMoments();
        moments.PushRange(values);
        return moments.Variance;
    }

    private static double PeerWelch(in Moments control, in Moments treatment)
    {
        var (a, b) = (control.Variance / control.Count, treatment.Variance / treatment.Count);
        var df = (a + b) * (a + b) / ((a * a / (control.Count - 1)) + (b * b / (treatment.Count - 1)));
        var difference = treatment.Mean - control.Mean;
        var error = Math.Sqrt(a + b);
        var p = 2 * StudentT.CDF(0, 1, df, -Math.Abs(difference / error));
        return p + difference - (error * StudentT.InvCDF(0, 1, df, 0.975));
    }

    private static void Repeat(int times, Func<double> work)
    {
        for (var i = 0; i < times; i++)
        {
            sink += work();
        }
    }
}
