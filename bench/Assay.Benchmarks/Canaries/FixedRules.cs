using Assay.Releases.Tests.Canaries.Simulations;

namespace Assay.Benchmarks.Canaries;

/// <summary>Rules by a fixed limit on the canary alone, as rollout controllers have them: a look with more than 1 % errors has failed.</summary>
internal static class FixedRules
{
    private const double Limit = 0.01;
    private const int Five = 5;

    /// <summary>The shares of canaries that are rolled back at the first failed look, and at the fifth.</summary>
    public static (double First, double Five) Run(double perLook, double errors, int canaries, int seed)
    {
        var random = new Random(seed);
        var (first, five) = (0, 0);
        for (var i = 0; i < canaries; i++)
        {
            var failed = Enumerable.Range(0, CanarySimulation.Looks).Count(_ => Poisson.Next(random, perLook * errors) > Limit * perLook);
            first += failed >= 1 ? 1 : 0;
            five += failed >= Five ? 1 : 0;
        }

        return ((double)first / canaries, (double)five / canaries);
    }
}
