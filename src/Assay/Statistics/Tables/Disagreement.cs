namespace Assay.Statistics.Tables;

/// <summary>
/// The disagreement of two raters, seen and by chance, and the standard errors of kappa (Fleiss, Cohen and Everitt, 1969).
/// Their formulas, written in disagreement weights v = 1 − w and centred, are free of cancellation when nearly all items agree:
/// with q = Σvp seen and e = Σvrc by chance, SE² = Σp(q(v_i + v_j − e) − ev)²/(n e⁴) and SE₀² = Σrc(v_i + v_j − v − e)²/(n e²),
/// where v_i = Σ_j v c_j is what the first rater's category i disagrees by chance, v_j the same for the second's.
/// </summary>
internal sealed class Disagreement
{
    // Below this share of its terms a spread is rounding.
    private const double Rounding = 1e-14;

    private readonly CountTable _counts;
    private readonly KappaWeights _weights;
    private readonly double[] _byRow;
    private readonly double[] _byColumn;
    private readonly double _seen;
    private readonly double _byChance;

    public Disagreement(CountTable counts, KappaWeights weights)
    {
        _counts = counts;
        _weights = weights;
        _byRow = [.. Categories.Select(i => Categories.Sum(j => Weight(i, j) * Second(j)))];
        _byColumn = [.. Categories.Select(j => Categories.Sum(i => Weight(i, j) * First(i)))];
        _seen = Categories.Sum(i => Categories.Sum(j => Weight(i, j) * Share(i, j)));
        _byChance = Categories.Sum(i => First(i) * _byRow[i]);
    }

    public long Items => _counts.Total;

    public double Kappa => (_byChance - _seen) / _byChance;

    /// <summary>The standard error of kappa; null when it is 0.</summary>
    public double? Error =>
        Spread(Share, (i, j) => (_seen * (_byRow[i] + _byColumn[j] - _byChance)) - (_byChance * Weight(i, j))) is var spread
        && spread > Rounding * _seen * _byChance
            ? spread / Math.Sqrt(Items) / (_byChance * _byChance)
            : null;

    /// <summary>The standard error of kappa when the raters agree by chance only; null when it is 0.</summary>
    public double? ChanceError =>
        Spread((i, j) => First(i) * Second(j), (i, j) => _byRow[i] + _byColumn[j] - Weight(i, j) - _byChance) is var spread && spread > Rounding * _byChance
            ? spread / Math.Sqrt(Items) / _byChance
            : null;

    private IEnumerable<int> Categories => Enumerable.Range(0, _counts.Rows);

    private double Spread(Func<int, int, double> share, Func<int, int, double> deviation) =>
        Math.Sqrt(Categories.Sum(i => Categories.Sum(j => share(i, j) * deviation(i, j) * deviation(i, j))));

    private double First(int i) => (double)_counts.RowTotals[i] / Items;

    private double Second(int j) => (double)_counts.ColumnTotals[j] / Items;

    private double Share(int i, int j) => (double)_counts.Cells[i, j] / Items;

    private double Weight(int i, int j)
    {
        // Kappa and its errors do not depend on the unit of the weights, so that no division by the greatest distance is needed.
        double distance = Math.Abs(i - j);
        return _weights switch
        {
            KappaWeights.Linear => distance,
            KappaWeights.Quadratic => distance * distance,
            _ => i == j ? 0 : 1,
        };
    }
}
