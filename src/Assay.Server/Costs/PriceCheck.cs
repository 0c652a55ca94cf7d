using Assay.Server.Hosting;

namespace Assay.Server.Costs;

/// <summary>Whether the price files as they are now are in force; the last good ones are when they are not.</summary>
internal sealed class PriceCheck(PriceBook book) : IReadinessCheck
{
    public string Name => "prices";

    public bool IsVital => false;

    public ValueTask<string?> FaultAsync(CancellationToken cancellationToken)
    {
        var state = book.State;
        return ValueTask.FromResult(state.Fault is { } fault ? $"{fault.Problem} {fault.Fix} The prices read at {state.Since:O} stay in force." : null);
    }
}
