namespace Assay.Statistics.Samples;

/// <summary>All that <see cref="Moments"/> know, to store and to send; reading it back gives the same bits. Each figure is a double and what it lacks to about 32 digits.</summary>
/// <param name="Count">How many finite values.</param>
/// <param name="NotFinite">How many values were NaN or infinite.</param>
/// <param name="Mean">The mean.</param>
/// <param name="MeanRest">What the mean lacks.</param>
/// <param name="M2">Σ(x − mean)², 0 or more.</param>
/// <param name="M2Rest">What it lacks.</param>
/// <param name="M3">Σ(x − mean)³; NaN when unknown.</param>
/// <param name="M3Rest">What it lacks.</param>
/// <param name="M4">Σ(x − mean)⁴; NaN when unknown.</param>
/// <param name="M4Rest">What it lacks.</param>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
public readonly record struct MomentsState(
    long Count,
    long NotFinite,
    double Mean,
    double MeanRest,
    double M2,
    double M2Rest,
    double M3,
    double M3Rest,
    double M4,
    double M4Rest,
    double Min,
    double Max
)
{
    /// <summary>Why these can be no moments; null when they can.</summary>
    internal string? Problem =>
        Count < 0 || NotFinite < 0 ? "a count is negative"
        : !double.IsFinite(Mean) || !double.IsFinite(MeanRest) ? "the mean is not finite"
        : !(M2 >= 0) || double.IsNaN(M2Rest) ? "the sum of squares is negative or no number"
        : !(Min <= Max) || !double.IsFinite(Min) || !double.IsFinite(Max) ? "the smallest and largest value are no range"
        : Count == 0 && this != new MomentsState { NotFinite = NotFinite } ? "there are figures of no values"
        : null;
}
