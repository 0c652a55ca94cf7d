using Assay.Prices;

namespace Assay.Server.Costs;

/// <summary>Prices model calls as they arrive, by the price files in force.</summary>
internal interface ISpanPricing
{
    /// <summary>What the call used and cost. Quick, and safe for several threads at once.</summary>
    ModelUse Price(in ModelCall call);
}
