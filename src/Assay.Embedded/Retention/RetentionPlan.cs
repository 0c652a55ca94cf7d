using Assay.Stores;

namespace Assay.Embedded.Retention;

/// <summary>What is to be deleted.</summary>
/// <param name="Before">Events that ended before this time; null for none.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record RetentionPlan(DateTimeOffset? Before, string Reason)
{
    // A tenth of room, so that the next minutes do not bring the next deletion.
    private const double Kept = 0.9;

    /// <summary>Decides by age and by size; the later time wins.</summary>
    /// <param name="now">The time.</param>
    /// <param name="bytes">What the store takes on disk.</param>
    /// <param name="oldest">The begin of the oldest event; null when there is none.</param>
    /// <param name="options">How much is kept.</param>
    public static RetentionPlan Decide(DateTimeOffset now, long bytes, DateTimeOffset? oldest, RetentionOptions options)
    {
        if (oldest is not { } first || first >= now)
        {
            return new RetentionPlan(null, "no event lies in the past");
        }

        var byAge = now - options.MaxAge;
        // What is too old goes anyway. Were its time counted too, one event with a very early begin would stretch it until no size cuts anything.
        var begin = first < byAge ? byAge : first;
        var bySize = bytes <= options.MaxBytes ? first : begin + ((now - begin) * (1 - (Kept * options.MaxBytes / bytes)));
        return first >= byAge && bySize <= first ? new RetentionPlan(null, "nothing is too old and the store is small enough")
            : byAge >= bySize ? new RetentionPlan(byAge, $"events are kept for {options.MaxAge.TotalDays:0.##} days")
            : new RetentionPlan(bySize, $"the store takes {bytes:#,0} bytes, more than {options.MaxBytes:#,0}");
    }

    /// <summary>Decides for what a store holds.</summary>
    public static RetentionPlan Decide(DateTimeOffset now, EventStoreSize size, RetentionOptions options) => Decide(now, size.Bytes, size.Oldest, options);
}
