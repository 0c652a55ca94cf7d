namespace Assay.Evaluation.Metrics;

/// <summary>What one metric says of one answer: a value, that it does not apply, or that measuring failed.</summary>
public abstract record Measurement
{
    private Measurement() { }

    /// <summary>A value.</summary>
    /// <param name="Score">The value in the metric's unit; never NaN or infinite.</param>
    /// <param name="Reason">Why, as a person would say it; null when the number says all.</param>
    public sealed record Value(double Score, string? Reason = null) : Measurement;

    /// <summary>The case lacks what the metric needs (no reference answer, no judged documents): it counts neither for nor against.</summary>
    public sealed record NotApplicable(string Reason) : Measurement;

    /// <summary>Measuring failed (the judge gave no usable answer): a third state, with a gate of its own.</summary>
    public sealed record Error(string Reason) : Measurement;
}
