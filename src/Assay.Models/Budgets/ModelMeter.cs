using Assay.Prices;

namespace Assay.Models.Budgets;

/// <summary>Sums over all model calls. Safe for several threads.</summary>
public sealed class ModelMeter
{
    private readonly Lock gate = new();
    private ModelUseTotals totals;

    /// <summary>The sums so far.</summary>
    public ModelUseTotals Totals
    {
        get
        {
            lock (gate)
            {
                return totals;
            }
        }
    }

    internal void Add(ModelUse use)
    {
        var one = ModelUseTotals.Of(use);
        lock (gate)
        {
            totals += one;
        }
    }
}
