using Assay.Stores;

namespace Assay.Embedded.Events.Spans;

/// <summary>The texts and sources that the spans of a block share, and the time from which theirs are counted.</summary>
internal sealed class SpanTables(long start)
{
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> inOrder = [""];
    private readonly Dictionary<TelemetrySource, int> sources = new(ReferenceEqualityComparer.Instance);
    private readonly List<long> sourceIds = [];

    public long Base => start;

    public int Place(string text)
    {
        if (texts.TryGetValue(text, out var place))
        {
            return place;
        }

        texts.Add(text, inOrder.Count);
        inOrder.Add(text);
        return inOrder.Count - 1;
    }

    public int Place(TelemetrySource source)
    {
        if (!sources.TryGetValue(source, out var place))
        {
            var id = Sources.IdOf(source);
            place = sourceIds.IndexOf(id);
            if (place < 0)
            {
                place = sourceIds.Count;
                sourceIds.Add(id);
            }

            sources.Add(source, place);
        }

        return place;
    }

    public void Write(ByteWriter bytes)
    {
        bytes.Fixed((ulong)Base);
        bytes.Number(inOrder.Count);
        inOrder.ForEach(bytes.Text);
        bytes.Number(sourceIds.Count);
        sourceIds.ForEach(id => bytes.Fixed((ulong)id));
    }

    public static Reading Read(ref ByteReader bytes, Func<long, TelemetrySource> source)
    {
        var start = (long)bytes.Fixed();
        var texts = new string[bytes.Items()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = bytes.Text();
        }

        var sources = new TelemetrySource[bytes.Items()];
        for (var i = 0; i < sources.Length; i++)
        {
            sources[i] = source((long)bytes.Fixed());
        }

        return new Reading(start, texts, sources);
    }

    /// <summary>The tables as read back.</summary>
    public sealed class Reading(long start, string[] texts, TelemetrySource[] sources)
    {
        public long Base => start;

        public string Text(int place) => place < texts.Length ? texts[place] : throw ByteReader.Damaged();

        public TelemetrySource Source(int place) => place < sources.Length ? sources[place] : throw ByteReader.Damaged();
    }
}
