using Assay.Embedded.Events.Sums;
using Assay.Stores;

namespace Assay.Embedded.Events;

/// <summary>What a batch adds to the sums, gathered while it is written and added when all of it is.</summary>
internal sealed class SumParts(Admission admission, DateTimeOffset now)
{
    /// <summary>Clocks of senders may be ahead by so much; what lies farther in the future is stored but not summed.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromHours(1);

    /// <summary>Late events may be so old; the sums of older ones may have been deleted already.</summary>
    private static readonly TimeSpan MostBehind = TimeSpan.FromDays(31);

    private readonly long earliest = Nanos.Of(now - MostBehind);
    private readonly long latest = Nanos.Of(now + MostAhead);

    public List<SumEntry> Entries { get; } = [];

    /// <summary>How often an event was counted under folded labels; once for each series that it is in.</summary>
    public int Folded { get; private set; }

    /// <summary>Events that were not counted, as their time is far from the store's clock.</summary>
    public int OutOfTime { get; private set; }

    /// <summary>Adds an event and gives the labels under which it is counted; null when its time is far off.</summary>
    public long? Add(in Labels set, long timeNanos, SumPart part)
    {
        if (timeNanos < earliest || timeNanos > latest)
        {
            // A span is also a request, a model call or a stage: it is counted once.
            OutOfTime += set.Series is Series.Requests or Series.ModelCalls or Series.Fallbacks ? 0 : 1;
            return null;
        }

        var minute = SumKey.MinuteOf(timeNanos);
        var admitted = admission.Admit(set, minute);
        Folded += admitted.IsFolded ? 1 : 0;
        Entries.Add(new SumEntry(set.Series, minute, admitted.Labels, part));
        return admitted.Labels;
    }

    /// <summary>
    /// Moves an event that is counted already to other labels. Under which it is counted the same question tells again: who was let in stays in, and
    /// who was not finds the bound reached.
    /// </summary>
    public void Move(in Labels from, in Labels to, long timeNanos, SumPart part)
    {
        if (timeNanos >= earliest && timeNanos <= latest)
        {
            var minute = SumKey.MinuteOf(timeNanos);
            Entries.Add(new SumEntry(from.Series, minute, admission.Admit(from, minute).Labels, part.Back()));
            Entries.Add(new SumEntry(to.Series, minute, admission.Admit(to, minute).Labels, part));
        }
    }

    /// <summary>Adds cost to a request that is counted already.</summary>
    public void AddCost(RequestOwner owner, UseSum? cost, int times)
    {
        if (owner.IsSummed && cost is not null)
        {
            Entries.Add(new SumEntry(Series.Requests, SumKey.MinuteOf(owner.StartNanos), owner.SumLabels, SumPart.OfCost(cost, times)));
        }
    }
}
