using Assay.Statistics;
using Assay.Statistics.Resampling;

namespace Assay.Tests.Statistics.Simulations;

/// <summary>One simulated experiment's values: both arms, and as much again for methods that pair, cluster or adjust.</summary>
/// <param name="control">Values in the control.</param>
/// <param name="treatment">Values in the treatment.</param>
internal sealed class Draw(int control, int treatment)
{
    public double[] Control { get; } = new double[control];

    public double[] Treatment { get; } = new double[treatment];

    public double[] ControlBefore { get; } = new double[control];

    public double[] TreatmentBefore { get; } = new double[treatment];

    public int Size => Control.Length;

    public void Fill(Population population, SeededRandom random)
    {
        population.Fill(Control, random);
        population.Fill(Treatment, random);
        population.Fill(ControlBefore, random);
        population.Fill(TreatmentBefore, random);
    }
}

/// <summary>An interval to be simulated, and the truth that it should hold.</summary>
/// <param name="Name">As the table says it.</param>
/// <param name="Result">The method on one draw.</param>
/// <param name="Truth">What the interval should hold when both arms come from this population.</param>
internal sealed record IntervalMethod(string Name, Func<Draw, StatisticResult> Result, Func<Population, double> Truth);

/// <summary>A test to be simulated on two arms of one population.</summary>
internal sealed record TestMethod(string Name, Func<Draw, StatisticResult> Result);

/// <summary>How often something happened among simulated experiments.</summary>
/// <param name="What">The method.</param>
/// <param name="Data">Where the values came from.</param>
/// <param name="N">Values in an arm.</param>
/// <param name="Runs">Simulated experiments.</param>
/// <param name="Hits">In how many of them it happened.</param>
internal sealed record Frequency(string What, string Data, int N, int Runs, int Hits)
{
    public double Share => (double)Hits / Runs;

    /// <summary>Three standard errors of a share of <paramref name="truth"/>: what chance alone explains.</summary>
    public double Noise(double truth) => 3 * Math.Sqrt(truth * (1 - truth) / Runs);
}

/// <summary>Repeats an experiment with seeded draws and counts.</summary>
internal static class Study
{
    /// <summary>How often the interval held the truth; a result that is not computable holds nothing.</summary>
    public static Frequency Coverage(IntervalMethod method, Population population, int n, int runs, long seed) =>
        Coverage(method, population, n, n, runs, seed);

    /// <summary>The same with arms of two sizes, as of a canary and its control.</summary>
    public static Frequency Coverage(IntervalMethod method, Population population, int control, int treatment, int runs, long seed)
    {
        var truth = method.Truth(population);
        return Repeat(
            method.Name,
            population,
            new Draw(control, treatment),
            runs,
            seed,
            draw => method.Result(draw) is Computed { Interval: { } interval } && interval.Contains(truth)
        );
    }

    /// <summary>How often the test called two arms of one population different.</summary>
    public static Frequency FalseAlarms(TestMethod method, Population population, int n, int runs, long seed, double alpha = 0.05) =>
        Repeat(method.Name, population, new Draw(n, n), runs, seed, draw => method.Result(draw) is Computed { P: { } p } && p.Value <= alpha);

    private static Frequency Repeat(string what, Population population, Draw draw, int runs, long seed, Func<Draw, bool> happens)
    {
        var random = new SeededRandom(seed);
        var hits = 0;
        for (var run = 0; run < runs; run++)
        {
            draw.Fill(population, random);
            hits += happens(draw) ? 1 : 0;
        }

        return new Frequency(what, population.Name, draw.Size, runs, hits);
    }
}
