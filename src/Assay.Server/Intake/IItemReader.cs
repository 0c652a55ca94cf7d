using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Intake;

/// <summary>Reads the items of a request: spans or log records.</summary>
internal interface IItemReader
{
    /// <summary>Adds what it makes of an item to the delivery, or rejects the item there.</summary>
    /// <param name="item">The item.</param>
    /// <param name="body">The same item as a slice of the delivery's body.</param>
    /// <param name="source">Who sent it.</param>
    /// <param name="delivery">What it came with.</param>
    /// <param name="problem">Set when the item is not well formed; nothing is added then.</param>
    void Read(ProtoReader item, ReadOnlyMemory<byte> body, TelemetrySource source, Delivery delivery, ref WireProblem problem);
}
