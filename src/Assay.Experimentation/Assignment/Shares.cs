namespace Assay.Experimentation.Assignment;

/// <summary>A variant's share of the units, in millionths.</summary>
internal readonly record struct Share(string Variant, int Millionths);

/// <summary>
/// Shares of the units by variant; what is left has none. Whoever has a variant keeps it while shares only grow, as far as that can be: the variant
/// declared first fills from the begin of the draw and the second from its end, so that with one or two nobody ever moves between them. Three cannot all
/// do so (of any two with one half each, one would have to be the complement of the other): from the third on they share what lies between by a draw of
/// their own, see <see cref="Choice"/>.
/// </summary>
internal sealed class Shares
{
    /// <summary>The unit is in no share.</summary>
    public const int None = -1;

    private readonly Draw draw;
    private readonly Draw middleDraw;
    private readonly int firstBelow;
    private readonly int secondFrom;
    private readonly Choice? middle;

    /// <param name="salt">What is drawn with.</param>
    /// <param name="variants">Every variant in the order of its declaration, 0 for one without share, so that giving it one later moves nobody else. The sum is at most <see cref="Draw.Steps"/>.</param>
    public Shares(string salt, params Share[] variants)
    {
        draw = new Draw(DrawPurpose.Rollout, salt);
        Variants = variants;
        foreach (var variant in variants)
        {
            Total += variant.Millionths;
        }

        firstBelow = variants.Length > 0 ? variants[0].Millionths : 0;
        secondFrom = Draw.Steps - (variants.Length > 1 ? variants[1].Millionths : 0);
        if (Total > firstBelow + Draw.Steps - secondFrom)
        {
            // The last is what is left; no variant has an empty name.
            middleDraw = new Draw(DrawPurpose.RolloutMiddle, salt);
            middle = new Choice([.. variants[2..], new Share("", Draw.Steps - Total)]);
        }
    }

    /// <summary>The shares by variant.</summary>
    public Share[] Variants { get; }

    /// <summary>The sum of the shares.</summary>
    public int Total { get; }

    /// <summary>The variant that everybody has, or <see cref="None"/>: then a unit's key matters.</summary>
    public int OfEverybody
    {
        get
        {
            for (var i = 0; i < Variants.Length; i++)
            {
                if (Variants[i].Millionths == Draw.Steps)
                {
                    return i;
                }
            }

            return None;
        }
    }

    /// <summary>Where a unit stands.</summary>
    public int Position(string key) => draw.Position(key);

    /// <summary>The index of the variant that a unit's share is of, or <see cref="None"/>. Allocates nothing.</summary>
    public int Of(string key)
    {
        var position = draw.Position(key);
        return position < firstBelow ? 0
            : position >= secondFrom ? 1
            : middle is null ? None
            : OfMiddle(key);
    }

    private int OfMiddle(string key)
    {
        var chosen = middle!.Of(middleDraw.Bits(key));
        return chosen < 0 || chosen == Variants.Length - 2 ? None : chosen + 2;
    }
}
