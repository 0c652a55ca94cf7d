namespace Assay.Evaluation.Summaries;

/// <summary>A number for each case of a dataset, by its place; a case may have none. 8 bytes a case.</summary>
internal sealed class CaseSeries(int cases)
{
    // NaN marks a case without a value; no measurement is ever NaN.
    private readonly double[] values = Empty(cases);

    /// <summary>The case's value; null when it has none.</summary>
    public double? this[int index]
    {
        get => double.IsNaN(values[index]) ? null : values[index];
        set => values[index] = value ?? double.NaN;
    }

    public int Length => values.Length;

    /// <summary>How many cases have a value.</summary>
    public int Count => values.Count(v => !double.IsNaN(v));

    /// <summary>The values that are there, with their clusters.</summary>
    public CaseSample Sample(CaseClusters clusters)
    {
        var (found, of) = (new double[Count], new int[Count]);
        var next = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                (found[next], of[next]) = (values[i], clusters[i]);
                next++;
            }
        }

        return new CaseSample(found, of, CaseClusters.Distinct(of));
    }

    /// <summary>This series less another one, for the cases that both have.</summary>
    public CaseSeries Minus(CaseSeries other)
    {
        var difference = new CaseSeries(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            difference[i] = this[i] - other[i];
        }

        return difference;
    }

    private static double[] Empty(int cases)
    {
        var values = new double[cases];
        Array.Fill(values, double.NaN);
        return values;
    }
}
