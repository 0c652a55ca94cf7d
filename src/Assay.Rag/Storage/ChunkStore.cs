using System.Text;
using Assay.Rag.Chunking;

namespace Assay.Rag.Storage;

/// <summary>The chunks themselves: ids, titles, headings, texts and where each text stands in its document.</summary>
internal sealed class ChunkStore : IDisposable
{
    public const string FileName = "chunks.idx";
    private const string Kind = "chunks";

    /// <summary>Texts of a chunk, in the order they are stored.</summary>
    private const int Fields = 5;

    /// <summary>Numbers of a chunk: start, length, tokens, ordinal.</summary>
    private const int Numbers = 4;

    private readonly IndexFile file;

    private ChunkStore(IndexFile file)
    {
        this.file = file;
        Count = file.Section<int>("numbers").Length / Numbers;
    }

    public int Count { get; }

    /// <summary>Writes the chunks; returns the size of the file in bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="chunks">The chunks.</param>
    /// <param name="mostBytes">Texts take so many bytes at most, in UTF-8.</param>
    /// <exception cref="AssayException">They take more (exit code 2).</exception>
    public static long Write(string path, IReadOnlyList<Chunk> chunks, long mostBytes = IndexFileWriter.MostBytes)
    {
        var ends = new long[(chunks.Count * Fields) + 1];
        var numbers = new int[chunks.Count * Numbers];
        using var texts = new MemoryStream();
        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = chunks[i];
            string[] fields = [chunk.Id, chunk.DocumentId, chunk.Title, chunk.HeadingPath, chunk.Text];
            for (var field = 0; field < Fields; field++)
            {
                var text = Encoding.UTF8.GetBytes(fields[field]);
                if (texts.Length + text.Length > mostBytes)
                {
                    throw IndexFileWriter.TooLarge(Kind, TotalBytes(chunks));
                }

                texts.Write(text);
                ends[(i * Fields) + field + 1] = texts.Length;
            }

            int[] positions = [chunk.Start, chunk.Length, chunk.TokenCount, chunk.Ordinal];
            positions.CopyTo(numbers, i * Numbers);
        }

        var writer = new IndexFileWriter(Kind);
        writer.Add<int>("numbers", numbers);
        writer.Add<long>("ends", ends);
        writer.Add("texts", texts.GetBuffer().AsSpan(0, (int)texts.Length));
        return writer.Write(path);
    }

    private static long TotalBytes(IReadOnlyList<Chunk> chunks) =>
        chunks.Sum(chunk =>
            (long)Encoding.UTF8.GetByteCount(chunk.Id)
            + Encoding.UTF8.GetByteCount(chunk.DocumentId)
            + Encoding.UTF8.GetByteCount(chunk.Title)
            + Encoding.UTF8.GetByteCount(chunk.HeadingPath)
            + Encoding.UTF8.GetByteCount(chunk.Text)
        );

    public static ChunkStore Open(string path) => new(IndexFile.Open(path, Kind));

    public string DocumentId(int chunk) => Text(chunk, 1);

    public Chunk Read(int chunk)
    {
        var numbers = file.Section<int>("numbers").Slice(chunk * Numbers, Numbers);
        return new Chunk(Text(chunk, 0), Text(chunk, 1), Text(chunk, 2), Text(chunk, 3), Text(chunk, 4), numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    public void Dispose() => file.Dispose();

    private string Text(int chunk, int field)
    {
        var ends = file.Section<long>("ends").Slice((chunk * Fields) + field, 2);
        return Encoding.UTF8.GetString(file.Section("texts")[(int)ends[0]..(int)ends[1]]);
    }
}
