using System.Runtime.InteropServices;
using Assay.Rag.Storage;
using Assay.Rag.Terms;

namespace Assay.Rag.Sparse;

/// <summary>
/// Writes the inverted index. A posting holds a chunk and its BM25F saturation tf/(k1+tf), a number in (0, 1), in one byte (1 to 255);
/// what depends on the query alone (idf, repeats) is multiplied in when searching.
/// </summary>
internal static class SparseIndexWriter
{
    public const string Kind = "sparse";
    public const int BlockSize = 16;

    /// <summary>Writes the index of <paramref name="streams"/>; returns the size of the file in bytes.</summary>
    public static long Write(string path, TermStreams streams)
    {
        var lists = PostingLists.Invert(streams);
        var blocks = new List<uint>();
        var lengths = new List<byte>();
        var postings = new List<byte>(lists.Count * 3);
        var documentFrequencies = 0L;
        for (var term = 0; term < streams.Terms.Length; term++)
        {
            if (term % BlockSize == 0)
            {
                blocks.Add((uint)postings.Count);
                blocks.Add((uint)lengths.Count);
            }

            var start = postings.Count;
            var list = lists.Of(term);
            PostingCodec.Write(postings, list.Chunks, list.Impacts);
            Varint.Write(lengths, (uint)(postings.Count - start));
            documentFrequencies += list.Chunks.Length;
        }

        var writer = new IndexFileWriter(Kind);
        writer.Add<long>("counts", [streams.ChunkCount, streams.Terms.Length, documentFrequencies]);
        writer.Add<uint>("blocks", CollectionsMarshal.AsSpan(blocks));
        writer.Add("lengths", CollectionsMarshal.AsSpan(lengths));
        writer.Add("postings", CollectionsMarshal.AsSpan(postings));
        return writer.Write(path);
    }
}
