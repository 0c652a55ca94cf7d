using Assay.Stores;

namespace Assay.Embedded.Events;

/// <summary>What a store may rely on. A batch that breaks it was made by a faulty caller and is refused as a whole.</summary>
internal static class EventCheck
{
    private const int LongestKey = 128;

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
    }

    private static void Demand(bool holds, string problem)
    {
        if (!holds)
        {
            throw AssayException.Usage(problem, "Correct or drop the event before it is stored.");
        }
    }
}
