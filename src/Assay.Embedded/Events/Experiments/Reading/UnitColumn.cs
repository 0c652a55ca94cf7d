namespace Assay.Embedded.Events.Experiments.Reading;

/// <summary>The outcomes of one unit under one name. Sums keep what additions round away (Knuth's TwoSum).</summary>
internal struct UnitColumn
{
    private double sum;
    private double sumRest;
    private double pre;
    private double preRest;

    /// <summary>Outcomes in the window whose value is finite.</summary>
    public long Count { get; private set; }

    public long NotFinite { get; private set; }

    /// <summary>Outcomes before the exposure whose value is finite.</summary>
    public long PreCount { get; private set; }

    public bool IsPositive { get; private set; }

    public readonly double Sum => double.IsFinite(sumRest) ? sum + sumRest : sum;

    public readonly double Pre => double.IsFinite(preRest) ? pre + preRest : pre;

    public void Add(double value)
    {
        if (!double.IsFinite(value))
        {
            NotFinite++;
            return;
        }

        Count++;
        IsPositive |= value != 0;
        Add(ref sum, ref sumRest, value);
    }

    public void AddPre(double value)
    {
        if (double.IsFinite(value))
        {
            PreCount++;
            Add(ref pre, ref preRest, value);
        }
    }

    private static void Add(ref double sum, ref double rest, double value)
    {
        var next = sum + value;
        var back = next - sum;
        rest += sum - (next - back) + (value - back);
        sum = next;
    }
}
