using System.Text.Json.Serialization;
using Assay.Statistics;

namespace Assay.Cli.Planning;

/// <summary>What <c>assay stats power</c> was asked: what is given is not null.</summary>
/// <param name="Baseline">The control's rate; given, the plan is about rates.</param>
/// <param name="Lift">The absolute lift of the rate to find.</param>
/// <param name="Deviation">The standard deviation of the metric, of paired plans that of the differences.</param>
/// <param name="Difference">The difference of means to find, in the metric's unit.</param>
/// <param name="Effect">The difference of means to find, in standard deviations.</param>
/// <param name="Paired">Whether every unit is measured under both arms.</param>
/// <param name="N">Units in the control, or pairs.</param>
/// <param name="Power">Share of cases in which the effect should be found.</param>
/// <param name="Ratio">Treatment units per control unit.</param>
/// <param name="Alpha">Accepted share of false alarms.</param>
/// <param name="Alternative">The claim of the test.</param>
internal sealed record PowerRequest(
    double? Baseline,
    double? Lift,
    double? Deviation,
    double? Difference,
    double? Effect,
    bool Paired,
    long? N,
    double? Power,
    double? Ratio,
    double Alpha,
    Alternative Alternative
)
{
    private const double DefaultPower = 0.8;
    private const string FixQuestion =
        "Give the effect to ask for n, the effect and --n to ask for the power, or --n (and --power) to ask for the smallest effect.";
    private const string FixKind =
        "For rates give --baseline (and --lift), for means --sd (and --difference) or --effect: assay stats power --baseline 0.1 --lift 0.02";

    /// <summary>The figure that the others answer.</summary>
    public PowerQuestion Question =>
        (Size, N) switch
        {
            ({ }, null) => PowerQuestion.SampleSize,
            ({ }, { }) => PowerQuestion.Power,
            _ => PowerQuestion.DetectableEffect,
        };

    [JsonIgnore]
    public bool OfRates => Baseline is not null;

    /// <summary>The effect as the planning takes it: a lift, or standard deviations; null when it is asked for.</summary>
    [JsonIgnore]
    public double? Size => OfRates ? Lift : Effect ?? (Difference / Deviation);

    [JsonIgnore]
    public double WantedPower => Power ?? DefaultPower;

    [JsonIgnore]
    public double ArmRatio => Ratio ?? 1;

    /// <exception cref="AssayException">Options are missing or contradict each other (exit code 2).</exception>
    public void Demand()
    {
        Refuse(OfRates && (Deviation ?? Difference ?? Effect) is not null, "--baseline plans rates; --sd, --difference and --effect plan means.", FixKind);
        Refuse(OfRates && Paired, "--paired plans means; rates of pairs have no plan here.", "Leave out --paired, or give --effect.");
        Refuse(
            !OfRates && Lift is not null,
            "--lift needs --baseline, the control's rate.",
            "Add --baseline, such as --baseline 0.1; for means give --difference and --sd."
        );
        Refuse(
            Effect is not null && (Difference ?? Deviation) is not null,
            "--effect is a difference in standard deviations already.",
            "Give --effect alone, or --difference with --sd."
        );
        Refuse(
            Difference is not null && Deviation is null,
            "--difference needs --sd, the standard deviation of the metric.",
            "Add --sd, such as --sd 12; or give the difference in standard deviations with --effect."
        );
        Refuse(Paired && Ratio is not null, "Pairs have no --ratio: every unit is in both arms.", "Leave out --ratio or --paired.");
        Refuse(!OfRates && Effect is null && Deviation is null, N is null ? "Nothing says what to plan." : "--n alone does not say what is measured.", FixKind);
        Refuse(Size is null && N is null, "There is neither an effect nor --n.", FixQuestion);
        Refuse(
            Size is not null && N is not null && Power is not null,
            "The effect, --n and --power are all given; each follows from the other two.",
            FixQuestion
        );
        Refuse(Deviation is <= 0, $"--sd is {Deviation}; it must be above 0.", "Give the metric's standard deviation.");
        Refuse(N is < 1, $"--n is {N}; it must be 1 or more.", "Give the units in the control.");
    }

    private static void Refuse(bool wrong, string problem, string fix)
    {
        if (wrong)
        {
            throw AssayException.Usage(problem, fix);
        }
    }
}

/// <summary>What a plan is asked for.</summary>
internal enum PowerQuestion
{
    /// <summary>How many units find the effect.</summary>
    SampleSize,

    /// <summary>How often these units find the effect.</summary>
    Power,

    /// <summary>Which effect these units find.</summary>
    DetectableEffect,
}
