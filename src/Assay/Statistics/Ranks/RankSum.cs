namespace Assay.Statistics.Ranks;

/// <summary>The Mann-Whitney statistic of two arms and what its variance needs.</summary>
/// <param name="TwiceU">2·U of the treatment, a whole number: two for every pair with treatment &gt; control, one for every tied pair.</param>
/// <param name="Tied">Values that share their value with another.</param>
/// <param name="TieTerm">Σ(t³ − t) over the groups of t equal values.</param>
internal readonly record struct RankSum(long TwiceU, long Tied, double TieTerm)
{
    /// <summary>Pairs with treatment &gt; control, plus half of the tied pairs.</summary>
    public double U => TwiceU / 2.0;

    public static RankSum Of(SortedArms arms)
    {
        var (twiceU, tied, tieTerm) = (0L, 0L, 0.0);
        var groups = arms.Groups();
        while (groups.Next())
        {
            twiceU += groups.Treatments * ((2L * groups.ControlsBelow) + groups.Controls);
            if (groups.Size > 1)
            {
                double t = groups.Size;
                tied += groups.Size;
                tieTerm += t * (t - 1) * (t + 1);
            }
        }

        return new RankSum(twiceU, tied, tieTerm);
    }
}
