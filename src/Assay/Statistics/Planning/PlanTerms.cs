using Assay.Statistics.Distributions;

namespace Assay.Statistics.Planning;

/// <summary>The test that a plan is made for: its name, the accepted false alarms and the claim.</summary>
internal sealed record PlanTerms
{
    public PlanTerms(MethodName method, double alpha, Alternative alternative)
    {
        Demand.Alpha(alpha);
        (Method, Alpha, Alternative) = (method, alpha, alternative);
    }

    public MethodName Method { get; }

    public double Alpha { get; }

    public Alternative Alternative { get; }

    /// <summary>The sign of the effects that the alternative looks for; a two-sided plan is stated for a rise.</summary>
    public int Sign => Alternative == Alternative.Less ? -1 : 1;

    /// <summary>Alpha in each tail that can reject.</summary>
    public double TailAlpha => Alternative == Alternative.TwoSided ? Alpha / 2 : Alpha;

    /// <summary>The normal test's critical value.</summary>
    public double CriticalZ => Normal.UpperQuantile(TailAlpha);

    /// <summary>Why no number of units or no effect reaches this power; null when one may.</summary>
    public string? WhyNoPower(double power)
    {
        Demand.OpenUnit("power", power, "Give the wanted probability of finding the effect, such as 0.8.");
        return power <= Alpha ? $"a power of {power.Text()} is not above alpha ({Alpha.Text()}): even no effect at all is called significant that often" : null;
    }

    /// <summary>Why no number of units finds this effect with this power; null when one may.</summary>
    public string? WhyNoSize(double effect, double power) =>
        WhyNoPower(power)
        ?? (
            effect == 0 ? "the effect is 0; no number of units finds it more often than alpha"
            : Alternative != Alternative.TwoSided && Math.Sign(effect) != Sign
                ? $"an effect of {effect.Text()} is on the other side of what the alternative '{Alternative}' looks for"
            : null
        );

    public PowerPlan Plan(double effect, double power, double size, double? ratio) =>
        new(Method.Name, Method.Reference)
        {
            ControlSize = size,
            ControlN = WholeUnits(size),
            TreatmentN = ratio is { } r ? WholeUnits(size * r) : null,
            Ratio = ratio,
            Effect = effect,
            Power = power,
            Alpha = Alpha,
            Alternative = Alternative,
        };

    // Rounded up, but 30.000000000000004 units are 30: the last digits are rounding noise.
    private static long WholeUnits(double size) => (long)Math.Ceiling(size * (1 - 1e-13));
}
