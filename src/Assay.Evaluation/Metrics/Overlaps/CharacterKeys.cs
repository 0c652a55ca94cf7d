using System.Buffers;
using System.Text;
using Assay.Text;

namespace Assay.Evaluation.Metrics.Overlaps;

/// <summary>The characters of a text (code points) as keys, white space left out. An emoji of several code points is several characters.</summary>
internal static class CharacterKeys
{
    /// <summary>The keys. Linear in the text.</summary>
    public static ulong[] Of(string text, bool ignoreCase)
    {
        var composed = Composition.Compose(text);
        var room = ArrayPool<ulong>.Shared.Rent(composed.Length);
        var count = 0;
        foreach (var rune in composed.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune))
            {
                room[count++] = (ulong)(ignoreCase ? Rune.ToLowerInvariant(rune) : rune).Value;
            }
        }

        var keys = room.AsSpan(0, count).ToArray();
        ArrayPool<ulong>.Shared.Return(room);
        return keys;
    }
}
