using Assay.Releases.Canaries;

namespace Assay.Server.Canaries;

/// <summary>
/// The time of a step as the store sums it, in whole minutes. The minute in which the step began belongs to two steps: it is left out when a step takes five minutes or
/// more, and counted when it would be a good part of the step.
/// </summary>
/// <param name="From">The begin.</param>
/// <param name="Before">The end.</param>
/// <param name="Point">The width of an interval in which arms are matched.</param>
internal sealed record StepWindow(DateTimeOffset From, DateTimeOffset Before, TimeSpan Point)
{
    // A row for each point and label: a day of minutes would be ten thousand.
    private const int MostPoints = 120;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongStep = TimeSpan.FromMinutes(5);

    public static StepWindow Of(CanaryPlan plan, DateTimeOffset since, DateTimeOffset now)
    {
        var from = since.UtcTicks - (since.UtcTicks % Minute.Ticks);
        if (plan.MinTime >= LongStep && from < since.UtcTicks)
        {
            from += Minute.Ticks;
        }

        var begin = new DateTimeOffset(from, TimeSpan.Zero);
        // The present minute is not over.
        var before = now > begin ? now : begin + Minute;
        var minutes = Math.Max(1, (int)Math.Ceiling((before - begin) / Minute / MostPoints));
        return new StepWindow(begin, before, WholeRows(minutes) * Minute);
    }

    /// <summary>
    /// After some days the store has only quarters of an hour left, and then hours. Points of a multiple of them are the same then, and cost fewer rows before.
    /// </summary>
    private static int WholeRows(int minutes) =>
        minutes >= 60 ? Multiple(minutes, 60)
        : minutes >= 15 ? Multiple(minutes, 15)
        : minutes;

    private static int Multiple(int minutes, int of) => (minutes + of - 1) / of * of;
}
