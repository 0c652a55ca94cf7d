using Assay.Stores;

namespace Assay.Embedded.Events;

/// <summary>What a store may rely on. A batch that breaks it was made by a faulty caller and is refused as a whole.</summary>
internal static class EventCheck
{
    /// <summary>Characters of a key, and of the names of exposures and outcomes.</summary>
    public const int LongestKey = 128;

    public static void Demand(EventBatch events)
    {
        foreach (var span in events.Spans)
        {
            Demand(span.Trace.IsPresent && span.Span.IsPresent, "A span has no trace id or no span id.");
            Demand(span.DurationNanos >= 0, "A span has a negative duration.");
        }

        foreach (var score in events.Scores)
        {
            Demand(score.Key.Length is > 0 and <= LongestKey, "The key of a score is empty or longer than 128 characters.");
            Demand(double.IsFinite(score.Value), $"The score '{score.Name}' is not finite.");
        }

        foreach (var exposure in events.Exposures)
        {
            Demand(
                IsName(exposure.Experiment) && IsName(exposure.Variant),
                "The experiment or the variant of an exposure is empty or longer than 128 characters."
            );
            Demand(exposure.TimeNanos >= 0, "An exposure lies before 1970.");
        }

        foreach (var outcome in events.Outcomes)
        {
            Demand(IsName(outcome.Experiment) && IsName(outcome.Metric), "The experiment or the metric of an outcome is empty or longer than 128 characters.");
            Demand(IsName(outcome.Key), "The key of an outcome is empty or longer than 128 characters.");
            Demand(outcome.TimeNanos >= 0, "An outcome lies before 1970.");
        }
    }

    private static bool IsName(string text) => text.Length is > 0 and <= LongestKey;

    private static void Demand(bool holds, string problem)
    {
        if (!holds)
        {
            throw AssayException.Usage(problem, "Correct or drop the event before it is stored.");
        }
    }
}
