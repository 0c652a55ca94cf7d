using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Rag.Terms;

/// <summary>
/// A bounded map from a spelling to a number, tuned for the inner loop of indexing: open addressing, spellings packed in one array.
/// Used for the spellings of words and, unbounded by vocabulary alone, for terms.
/// </summary>
internal sealed class SpellingCache(int capacity)
{
    private char[] text = new char[1 << 14];
    private Entry[] entries = new Entry[1 << 10];
    private int[] slots = NewSlots(1 << 12);
    private int textLength;

    /// <summary>How many spellings are stored.</summary>
    public int Count { get; private set; }

    public bool TryGet(ReadOnlySpan<char> spelling, out int value)
    {
        var hash = Hash(spelling);
        var mask = slots.Length - 1;
        for (var slot = (int)hash & mask; slots[slot] >= 0; slot = (slot + 1) & mask)
        {
            ref readonly var entry = ref entries[slots[slot]];
            if (entry.Hash == hash && Spelling(entry).SequenceEqual(spelling))
            {
                value = entry.Value;
                return true;
            }
        }

        value = 0;
        return false;
    }

    /// <summary>Stores a spelling that is not there yet; does nothing when the bound is reached.</summary>
    public void Add(ReadOnlySpan<char> spelling, int value)
    {
        if (Count >= capacity)
        {
            return;
        }

        if (Count == entries.Length)
        {
            Array.Resize(ref entries, entries.Length * 2);
        }

        while (textLength + spelling.Length > text.Length)
        {
            Array.Resize(ref text, text.Length * 2);
        }

        spelling.CopyTo(text.AsSpan(textLength));
        entries[Count] = new Entry(Hash(spelling), textLength, spelling.Length, value);
        textLength += spelling.Length;
        Count++;
        if (Count * 2 > slots.Length)
        {
            slots = NewSlots(slots.Length * 2);
            for (var i = 0; i < Count; i++)
            {
                Place(i);
            }
        }
        else
        {
            Place(Count - 1);
        }
    }

    /// <summary>The spelling stored as the n-th.</summary>
    public ReadOnlySpan<char> SpellingAt(int index) => Spelling(entries[index]);

    private static int[] NewSlots(int length)
    {
        var slots = new int[length];
        Array.Fill(slots, -1);
        return slots;
    }

    // Multiply-and-rotate over four characters at a time; it need not be the same elsewhere, since nothing stored depends on it.
    private static uint Hash(ReadOnlySpan<char> spelling)
    {
        var hash = (ulong)spelling.Length * 0x9E3779B185EBCA87UL;
        ref var first = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(spelling));
        var i = 0;
        for (; i + 4 <= spelling.Length; i += 4)
        {
            hash = (ulong.RotateLeft(hash, 23) ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, i * 2))) * 0xC2B2AE3D27D4EB4FUL;
        }

        for (; i < spelling.Length; i++)
        {
            hash = (ulong.RotateLeft(hash, 11) ^ spelling[i]) * 0xC2B2AE3D27D4EB4FUL;
        }

        return (uint)(hash >> 32) ^ (uint)hash;
    }

    private ReadOnlySpan<char> Spelling(in Entry entry) => text.AsSpan(entry.Start, entry.Length);

    private void Place(int index)
    {
        var mask = slots.Length - 1;
        var slot = (int)entries[index].Hash & mask;
        while (slots[slot] >= 0)
        {
            slot = (slot + 1) & mask;
        }

        slots[slot] = index;
    }

    private readonly record struct Entry(uint Hash, int Start, int Length, int Value);
}
