using System.Buffers;
using System.Text;
using Assay.Text;

namespace Assay.Evaluation.Metrics.Texts;

/// <summary>Which differences between two texts count for nothing. Composed and decomposed letters (й) are always the same.</summary>
internal sealed record Wording(bool IgnoreCase, bool IgnoreSpace, bool IgnoreYo, bool IgnorePunctuation)
{
    /// <summary>What an entry asks for; capitals, white space and ё count for nothing unless it says otherwise.</summary>
    public static Wording Of(MetricEntry entry) =>
        new(entry.IgnoreCase ?? true, entry.IgnoreSpace ?? true, entry.IgnoreYo ?? true, entry.IgnorePunctuation ?? false);

    /// <summary>The text without these differences. Linear in its length.</summary>
    public string Write(string text)
    {
        var composed = Composition.Compose(text);
        var room = ArrayPool<char>.Shared.Rent(composed.Length);
        var length = 0;
        var pendingSpace = false;
        for (var i = 0; i < composed.Length; i++)
        {
            var c = composed[i];
            if (IgnoreSpace && char.IsWhiteSpace(c))
            {
                pendingSpace = length > 0;
            }
            else if (!IgnorePunctuation || !char.IsPunctuation(c))
            {
                // A space is written in the place of one that was left out, so the room is always enough.
                room[length] = ' ';
                length += pendingSpace ? 1 : 0;
                pendingSpace = false;
                length += Fold(composed, ref i, room.AsSpan(length));
            }
        }

        var written = new string(room, 0, length);
        ArrayPool<char>.Shared.Return(room);
        return written;
    }

    /// <summary>Writes the character at a place, two code units for one beyond the basic plane, and says how many.</summary>
    private int Fold(string text, ref int place, Span<char> room)
    {
        if (IgnoreCase && char.IsHighSurrogate(text[place]) && place + 1 < text.Length && char.IsLowSurrogate(text[place + 1]))
        {
            return Rune.ToLowerInvariant(new Rune(text[place], text[++place])).EncodeToUtf16(room);
        }

        room[0] = (IgnoreCase ? char.ToLowerInvariant(text[place]) : text[place]) switch
        {
            'ё' when IgnoreYo => 'е',
            'Ё' when IgnoreYo => 'Е',
            var c => c,
        };
        return 1;
    }
}
