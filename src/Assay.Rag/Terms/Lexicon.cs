using System.Runtime.InteropServices;
using System.Text;
using Assay.Rag.Storage;

namespace Assay.Rag.Terms;

/// <summary>
/// All terms of an index in code point order, front-coded in blocks of 16: each term but the first of a block stores only what differs from the one before.
/// A term's number is its rank.
/// </summary>
internal sealed class Lexicon : IDisposable
{
    public const string FileName = "terms.idx";
    private const string Kind = "terms";
    internal const int BlockSize = 16;

    private readonly IndexFile file;

    private Lexicon(IndexFile file)
    {
        this.file = file;
        Count = file.Section<int>("count")[0];
        BeginningCount = LowerBound([(byte)StemBeginning.AfterMark]);
    }

    public int Count { get; }

    /// <summary>The terms numbered below this are beginnings of stems, the others are words.</summary>
    public int BeginningCount { get; }

    public static long Write(string path, IReadOnlyList<string> terms)
    {
        var blocks = new List<int>();
        var bytes = new List<byte>();
        byte[] before = [];
        for (var i = 0; i < terms.Count; i++)
        {
            var term = Encoding.UTF8.GetBytes(terms[i]);
            var shared = 0;
            if (i % BlockSize == 0)
            {
                blocks.Add(bytes.Count);
            }
            else
            {
                shared = before.AsSpan().CommonPrefixLength(term);
                Varint.Write(bytes, (uint)shared);
            }

            Varint.Write(bytes, (uint)(term.Length - shared));
            bytes.AddRange(term.AsSpan(shared));
            before = term;
        }

        var writer = new IndexFileWriter(Kind);
        writer.Add<int>("count", [terms.Count]);
        writer.Add<int>("blocks", CollectionsMarshal.AsSpan(blocks));
        writer.Add("terms", CollectionsMarshal.AsSpan(bytes));
        return writer.Write(path);
    }

    public static Lexicon Open(string path) => new(IndexFile.Open(path, Kind));

    /// <summary>The number of a term, or -1 when the corpus does not have it.</summary>
    public int Find(ReadOnlySpan<char> term)
    {
        Span<byte> wanted = stackalloc byte[TermAnalyzer.MaxWordLength * 8];
        if (Count == 0 || !Encoding.UTF8.TryGetBytes(term, wanted, out var length))
        {
            return TermAnalyzer.NoTerm;
        }

        return Find(wanted[..length]);
    }

    /// <summary>Every term, in order.</summary>
    public string[] ReadAll()
    {
        var all = new string[Count];
        var cursor = new LexiconCursor(file.Section("terms"), 0, 0);
        for (var i = 0; i < all.Length; i++)
        {
            cursor.Next();
            all[i] = Encoding.UTF8.GetString(cursor.Term);
        }

        return all;
    }

    /// <summary>The number of the first term that does not sort before <paramref name="wanted"/>; <see cref="Count"/> when all do.</summary>
    public int LowerBound(ReadOnlySpan<byte> wanted)
    {
        if (Count == 0)
        {
            return 0;
        }

        var cursor = CursorAt(BlockOf(wanted) * BlockSize);
        for (var i = cursor.Number; i < Count; i++)
        {
            cursor.Next();
            if (cursor.Term.SequenceCompareTo(wanted) >= 0)
            {
                return i;
            }
        }

        return Count;
    }

    /// <summary>A cursor that stands before the term of this number; <see cref="LexiconCursor.Next"/> may be called until the last term.</summary>
    public LexiconCursor CursorAt(int term)
    {
        var block = term / BlockSize;
        var cursor = new LexiconCursor(file.Section("terms"), file.Section<int>("blocks")[block], block * BlockSize);
        while (cursor.Number < term)
        {
            cursor.Next();
        }

        return cursor;
    }

    public void Dispose() => file.Dispose();

    private static ReadOnlySpan<byte> FirstOf(ReadOnlySpan<byte> bytes, int position)
    {
        var length = (int)Varint.Read(bytes, ref position);
        return bytes.Slice(position, length);
    }

    private int Find(ReadOnlySpan<byte> wanted)
    {
        var cursor = CursorAt(BlockOf(wanted) * BlockSize);
        var last = Math.Min(cursor.Number + BlockSize, Count);
        while (cursor.Number < last)
        {
            cursor.Next();
            var order = cursor.Term.SequenceCompareTo(wanted);
            if (order >= 0)
            {
                return order == 0 ? cursor.Number - 1 : TermAnalyzer.NoTerm;
            }
        }

        return TermAnalyzer.NoTerm;
    }

    /// <summary>The last block whose first term does not sort after the wanted one; the first block when all do.</summary>
    private int BlockOf(ReadOnlySpan<byte> wanted)
    {
        var blocks = file.Section<int>("blocks");
        var bytes = file.Section("terms");
        int low = 0,
            high = blocks.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (FirstOf(bytes, blocks[middle]).SequenceCompareTo(wanted) <= 0)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }
}
