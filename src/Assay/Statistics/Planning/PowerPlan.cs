using System.Text.Json.Serialization;

namespace Assay.Statistics.Planning;

/// <summary>
/// A plan whose figures belong together: with these sizes, an effect of this size is found with this power at this alpha.
/// Which figure was asked for and which were given depends on the method called.
/// </summary>
public sealed record PowerPlan : StatisticResult
{
    [JsonConstructor]
    internal PowerPlan(string method, string reference)
        : base(method, reference) { }

    /// <summary>The control's size as the formula gives it, not rounded; in a paired or one-sample plan the number of pairs or values.</summary>
    [JsonInclude]
    public double ControlSize { get; internal init; }

    /// <summary>How many units the control needs: <see cref="ControlSize"/> rounded up.</summary>
    [JsonInclude]
    public long ControlN { get; internal init; }

    /// <summary>How many units the treatment needs: <see cref="ControlSize"/> × <see cref="Ratio"/> rounded up; null in a paired or one-sample plan.</summary>
    [JsonInclude]
    public long? TreatmentN { get; internal init; }

    /// <summary>Treatment units per control unit; null in a paired or one-sample plan.</summary>
    [JsonInclude]
    public double? Ratio { get; internal init; }

    /// <summary>
    /// The effect, treatment − control: in standard deviations for means (Cohen's d), in the metric's unit where the method says so,
    /// and the absolute lift for rates (0.02 is two percentage points).
    /// </summary>
    [JsonInclude]
    public double Effect { get; internal init; }

    /// <summary>The control's rate, for plans about rates.</summary>
    [JsonInclude]
    public double? Baseline { get; internal init; }

    /// <summary>The probability of a significant result when the effect is true, at <see cref="ControlSize"/>.</summary>
    [JsonInclude]
    public double Power { get; internal init; }

    /// <summary>The accepted share of false alarms.</summary>
    [JsonInclude]
    public double Alpha { get; internal init; }

    /// <summary>The claim that the test is for.</summary>
    [JsonInclude]
    public Alternative Alternative { get; internal init; }

    /// <summary>The plan, or <see cref="NotComputable"/> when the arithmetic left the range of double.</summary>
    internal StatisticResult OrNotComputable() =>
        double.IsFinite(ControlSize) && double.IsFinite(Effect) && double.IsFinite(Power)
            ? this
            : new NotComputable(Method, Reference, "the arithmetic left the range of a double: the effect is too large or too small");
}
