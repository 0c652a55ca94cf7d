using Assay.Server.Hosting;

namespace Assay.Server.Flags;

/// <summary>Whether the files of flags and experiments as they are now are in force; the last good ones are when they are not.</summary>
internal sealed class FlagCheck(FlagDesk desk) : IReadinessCheck
{
    public string Name => "flags";

    public bool IsVital => false;

    public ValueTask<string?> FaultAsync(CancellationToken cancellationToken)
    {
        var state = desk.State;
        return ValueTask.FromResult(state.Fault is { } fault ? $"{fault.Problem} {fault.Fix} The flags of {state.Since:O} stay in force." : null);
    }
}
