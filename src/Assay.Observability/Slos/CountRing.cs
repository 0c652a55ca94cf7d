namespace Assay.Observability.Slos;

/// <summary>Events and the bad ones among them.</summary>
/// <param name="Total">All events.</param>
/// <param name="Bad">The bad ones.</param>
public readonly record struct EventCount(long Total, long Bad)
{
    /// <summary>The good ones.</summary>
    public long Good => Total - Bad;

    /// <summary>The sum.</summary>
    public static EventCount operator +(EventCount a, EventCount b) => new(a.Total + b.Total, a.Bad + b.Bad);

    /// <summary>The difference.</summary>
    public static EventCount operator -(EventCount a, EventCount b) => new(a.Total - b.Total, a.Bad - b.Bad);
}

/// <summary>
/// Cumulative counts at the ends of the last buckets of equal width: a window is one subtraction. What comes late is added to its own bucket and
/// to all after it. Not safe for several threads.
/// </summary>
internal sealed class CountRing
{
    private readonly EventCount[] ends;
    private readonly int bucketSeconds;
    private long head;

    /// <param name="bucketSeconds">Width of a bucket.</param>
    /// <param name="span">The longest window that is asked for.</param>
    /// <param name="now">Seconds since 1970.</param>
    public CountRing(int bucketSeconds, TimeSpan span, long now)
    {
        this.bucketSeconds = bucketSeconds;
        // One bucket that is not full yet, and the end of the one before the window.
        ends = new EventCount[(int)(span.TotalSeconds / bucketSeconds) + 2];
        head = now / bucketSeconds;
    }

    public int BucketSeconds => bucketSeconds;

    /// <summary>The begin of the oldest bucket that is kept, in seconds since 1970.</summary>
    public long OldestSecond => (head - ends.Length + 2) * bucketSeconds;

    /// <summary>Counts of everything up to now.</summary>
    public EventCount Now => ends[Slot(head)];

    /// <summary>Begins the bucket of this second and those between.</summary>
    public void Advance(long second)
    {
        var bucket = second / bucketSeconds;
        if (bucket <= head)
        {
            return;
        }

        var carried = ends[Slot(head)];
        for (var b = Math.Max(head + 1, bucket - ends.Length + 1); b <= bucket; b++)
        {
            ends[Slot(b)] = carried;
        }

        head = bucket;
    }

    /// <summary>
    /// Makes the bucket of an earlier second the newest. Buckets after it are dropped; what they counted stays in <see cref="Now"/>, before all windows.
    /// </summary>
    public void GoBack(long second)
    {
        var bucket = second / bucketSeconds;
        var dropped = Now - EndOf(bucket);
        var kept = new EventCount[ends.Length];
        for (var b = bucket - ends.Length + 1; b <= bucket; b++)
        {
            kept[Slot(b)] = EndOf(b) + dropped;
        }

        kept.CopyTo(ends, 0);
        head = bucket;
    }

    /// <summary>Adds to the bucket of a second that is not after the newest bucket; what is older than the ring is added before all of it.</summary>
    public void Add(long second, EventCount count)
    {
        for (var b = Math.Max(second / bucketSeconds, head - ends.Length + 1); b <= head; b++)
        {
            ends[Slot(b)] += count;
        }
    }

    /// <summary>Everything before the bucket of this second; a second before the ring gives its oldest count.</summary>
    public EventCount Before(long second) => EndOf((second / bucketSeconds) - 1);

    /// <summary>Writes the ring: its head, then how much each bucket added.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(bucketSeconds);
        writer.Write(ends.Length);
        writer.Write(head);
        var last = default(EventCount);
        for (var b = head - ends.Length + 1; b <= head; b++)
        {
            var added = ends[Slot(b)] - last;
            writer.Write7BitEncodedInt64(added.Total);
            writer.Write7BitEncodedInt64(added.Bad);
            last = ends[Slot(b)];
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is of another shape.</exception>
    public void Load(BinaryReader reader)
    {
        if (reader.ReadInt32() != bucketSeconds || reader.ReadInt32() != ends.Length)
        {
            throw new InvalidDataException("The saved ring has another shape.");
        }

        head = reader.ReadInt64();
        var sum = default(EventCount);
        for (var b = head - ends.Length + 1; b <= head; b++)
        {
            sum += new EventCount(reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
            ends[Slot(b)] = sum;
        }
    }

    // A bucket before the ring has its oldest count, one after it the newest.
    private EventCount EndOf(long bucket) => ends[Slot(Math.Clamp(bucket, head - ends.Length + 1, head))];

    // A clock that was lost begins again in 1970, and the ring then reaches before it.
    private int Slot(long bucket) => (int)(bucket % ends.Length) is var slot && slot < 0 ? slot + ends.Length : slot;
}
