using Assay.Statistics.Resampling;

namespace Assay.Statistics.Tests.Simulations;

/// <summary>How often an interval held the truth.</summary>
/// <param name="Method">The interval.</param>
/// <param name="Data">Where the values came from.</param>
/// <param name="N">Values in an arm.</param>
/// <param name="Runs">Simulated experiments.</param>
/// <param name="Held">Experiments whose interval held the truth.</param>
internal sealed record Coverage(string Method, string Data, int N, int Runs, int Held)
{
    public double Share => (double)Held / Runs;

    /// <summary>Twice the standard error of <see cref="Share"/>.</summary>
    public double Noise => 2 * Math.Sqrt(Share * (1 - Share) / Runs);

    /// <summary>Simulates <paramref name="runs"/> experiments; a result that is not computable holds nothing.</summary>
    public static Coverage Of(IntervalMethod method, Population population, int n, int runs, long seed)
    {
        var random = new SeededRandom(seed);
        var control = new double[n];
        var treatment = new double[n];
        var held = 0;
        for (var run = 0; run < runs; run++)
        {
            population.Fill(control, random);
            population.Fill(treatment, random);
            held += method.Interval(control, treatment) is Computed { Interval: { } interval } && interval.Contains(method.Truth(population)) ? 1 : 0;
        }

        return new Coverage(method.Name, population.Name, n, runs, held);
    }
}

/// <summary>An interval to be simulated, and what it should hold.</summary>
internal sealed record IntervalMethod(string Name, Func<double[], double[], StatisticResult> Interval, Func<Population, double> Truth);
