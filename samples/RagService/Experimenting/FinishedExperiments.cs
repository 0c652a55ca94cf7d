namespace RagService.Experimenting;

/// <summary>What one unit of a generated experiment met and what was measured at it.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Unit">Who: a name that says that nobody is behind it.</param>
/// <param name="Variant">The arm.</param>
/// <param name="Hours">When, in hours after the experiment began.</param>
/// <param name="Outcomes">Metric, hours after the exposure (below 0: before it), value.</param>
internal sealed record GeneratedUnit(string Experiment, string Unit, string Variant, double Hours, IReadOnlyList<GeneratedOutcome> Outcomes);

/// <summary>Something measured at a generated unit.</summary>
internal sealed record GeneratedOutcome(string Metric, double Hours, double Value);

/// <summary>
/// Three experiments that have ended, GENERATED from a seed, so that there is something to look at: a clear winner, one whose arms have not the sizes
/// that they should, and one that has not decided anything. Nobody asked and nobody answered; the same seed gives the same.
/// </summary>
internal static class FinishedExperiments
{
    public const string Winner = "sample_clear_winner";
    public const string Mismatch = "sample_ratio_mismatch";
    public const string Undecided = "sample_inconclusive";

    /// <summary>How long each of them ran, in days.</summary>
    public const int Days = 14;

    /// <summary>The units of all three, in no order of time.</summary>
    public static IEnumerable<GeneratedUnit> Of(int seed) =>
        [
            // Quality rises by 0.04, a quarter of a standard deviation; latency does not change.
            .. Units(new Plan(Winner, Units: 4_000, Effect: 0.04, LostTreatment: 0), new Random(seed)),
            // The effect looks even better, but one unit of eight in treatment never reported: those who waited too long.
            .. Units(new Plan(Mismatch, Units: 4_000, Effect: 0.06, LostTreatment: 0.125), new Random(seed + 1)),
            // An effect of a fiftieth of a standard deviation, if any: ten times as many units would not show it.
            .. Units(new Plan(Undecided, Units: 600, Effect: 0.003, LostTreatment: 0), new Random(seed + 2)),
        ];

    private static IEnumerable<GeneratedUnit> Units(Plan plan, Random random)
    {
        for (var i = 0; i < plan.Units; i++)
        {
            var isTreatment = random.NextDouble() < 0.5;
            var unit = Unit(plan, $"generated-{i:D5}", isTreatment, random);
            if (!isTreatment || random.NextDouble() >= plan.LostTreatment)
            {
                yield return unit;
            }
        }
    }

    private static GeneratedUnit Unit(Plan plan, string name, bool isTreatment, Random random)
    {
        // What a unit is like stays with it: its quality before the experiment says something about its quality in it.
        var own = 0.12 * Gaussian(random);
        var hours = random.NextDouble() * 24 * (Days - 2);
        var effect = isTreatment ? plan.Effect : 0;
        return new GeneratedUnit(
            plan.Experiment,
            name,
            isTreatment ? "treatment" : "control",
            hours,
            [
                new GeneratedOutcome("quality", -24 * random.NextDouble(), Share(0.7 + own + (0.1 * Gaussian(random)))),
                new GeneratedOutcome("quality", 24 * random.NextDouble(), Share(0.7 + own + effect + (0.1 * Gaussian(random)))),
                // Log-normal around 400 ms, as times to answer are.
                new GeneratedOutcome("latency_ms", 24 * random.NextDouble(), 400 * Math.Exp(0.35 * Gaussian(random))),
                new GeneratedOutcome("cost_usd", 24 * random.NextDouble(), 0.002 * Math.Exp(0.25 * Gaussian(random))),
            ]
        );
    }

    private static double Share(double value) => Math.Clamp(value, 0, 1);

    // Box and Muller, 1958; the logarithm is never that of 0.
    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private sealed record Plan(string Experiment, int Units, double Effect, double LostTreatment);
}
