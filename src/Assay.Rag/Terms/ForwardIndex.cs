using System.Runtime.InteropServices;
using Assay.Rag.Storage;

namespace Assay.Rag.Terms;

/// <summary>
/// The terms of each chunk in reading order, title field first, and the number of chunks that have each term.
/// What reads chunks rather than terms uses it: the reranker's features, the export of sparse vectors.
/// </summary>
internal sealed class ForwardIndex : IDisposable
{
    public const string FileName = "tokens.idx";
    private const string Kind = "tokens";

    private readonly IndexFile file;

    private ForwardIndex(IndexFile file)
    {
        this.file = file;
        var averages = file.Section<double>("averages");
        ChunkCount = file.Section<uint>("starts").Length - 1;
        AverageTitleLength = averages[0];
        AverageBodyLength = averages[1];
    }

    public int ChunkCount { get; }

    public double AverageTitleLength { get; }

    public double AverageBodyLength { get; }

    public static long Write(string path, TermStreams streams)
    {
        var starts = new uint[streams.ChunkCount + 1];
        var bytes = new List<byte>(streams.Tokens.Length * 2);
        var having = new int[streams.Terms.Length];
        var last = new int[streams.Terms.Length];
        Array.Fill(last, -1);
        long titleTokens = 0;
        for (var chunk = 0; chunk < streams.ChunkCount; chunk++)
        {
            titleTokens += streams.TitleLengths[chunk];
            Varint.Write(bytes, (uint)streams.TitleLengths[chunk]);
            foreach (var term in streams.All(chunk))
            {
                Varint.Write(bytes, (uint)term);
                having[term] += last[term] == chunk ? 0 : 1;
                last[term] = chunk;
            }

            starts[chunk + 1] = (uint)bytes.Count;
        }

        var chunks = Math.Max(1.0, streams.ChunkCount);
        var writer = new IndexFileWriter(Kind);
        writer.Add<double>("averages", [titleTokens / chunks, (streams.Tokens.Length - titleTokens) / chunks]);
        writer.Add<int>("frequencies", having);
        writer.Add<uint>("starts", starts);
        writer.Add("tokens", CollectionsMarshal.AsSpan(bytes));
        return writer.Write(path);
    }

    public static ForwardIndex Open(string path) => new(IndexFile.Open(path, Kind));

    /// <summary>In how many chunks the term occurs.</summary>
    public int ChunksHaving(int term) => file.Section<int>("frequencies")[term];

    /// <summary>Replaces the content of <paramref name="into"/> by the chunk's terms; returns how many of them belong to the title field.</summary>
    public int Read(int chunk, List<int> into)
    {
        into.Clear();
        return Append(chunk, into);
    }

    /// <summary>Appends the chunk's terms; returns how many of them belong to the title field.</summary>
    public int Append(int chunk, List<int> into)
    {
        var starts = file.Section<uint>("starts");
        var bytes = file.Section("tokens")[(int)starts[chunk]..(int)starts[chunk + 1]];
        var position = 0;
        var titleLength = (int)Varint.Read(bytes, ref position);
        while (position < bytes.Length)
        {
            into.Add((int)Varint.Read(bytes, ref position));
        }

        return titleLength;
    }

    public void Dispose() => file.Dispose();
}
