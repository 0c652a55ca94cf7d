namespace Assay.Benchmarks.Statistics;

/// <summary>How fast the statistics are, and how often they are wrong.</summary>
internal static class StatisticsBench
{
    public static BenchResult Run(TextWriter output) =>
        new(
            "statistics",
            [.. StatisticsSpeed.Run(output)],
            [
                "MathNet.Numerics 5.0.0. Simulations: seed 20261, 10,000 experiments a cell; 2,000 for Mann-Whitney, Hodges-Lehmann, permutation, sign-flip and the bootstrap (chance: ±1 point).",
            ],
            [.. ErrorRates.Run(output)]
        );
}
