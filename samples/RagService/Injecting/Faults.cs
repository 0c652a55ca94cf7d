using Assay.Flags;

namespace RagService.Injecting;

/// <summary>Makes questions slow or fail, as <see cref="FaultOptions"/> and the injected faults say.</summary>
internal sealed class Faults(FaultOptions options, InjectedFaults injected, HeldMemory memory, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Random random = new(options.Seed);

    /// <summary>Whether the service says that it is ready.</summary>
    public bool IsReady => injected.Present.All(f => f.Kind != FaultKind.Readiness);

    /// <summary>Whether questions of a flag's variant would be answered now.</summary>
    public bool IsReadyFor(string flag, string variant) =>
        injected.Present.All(f => f.Kind != FaultKind.Readiness || (f.Flag is not null && (f.Flag != flag || f.Variant != variant)));

    /// <exception cref="InjectedFaultException">This question is one of those that fail.</exception>
    public async Task PassAsync(Unit unit, CancellationToken cancellationToken)
    {
        await WaitAsync(options.ExtraLatencyMs, cancellationToken);
        if (options.ErrorPercent > 0 && Draw() < options.ErrorPercent)
        {
            throw new InjectedFaultException("Faults:ErrorPercent is above 0.");
        }

        if (!options.Enabled)
        {
            return;
        }

        var faults = injected.For(unit);
        if (memory.MegaBytes > 0 && injected.Present.All(f => f.Kind != FaultKind.Memory))
        {
            memory.Release();
        }

        foreach (var fault in faults.Where(f => f.Percent >= 100 || Draw() < f.Percent))
        {
            await MeetAsync(fault, cancellationToken);
        }
    }

    private async Task MeetAsync(InjectedFault fault, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.Errors:
                throw new InjectedFaultException("errors were asked for.");
            case FaultKind.Latency:
                await WaitAsync(fault.Ms, cancellationToken);
                break;
            case FaultKind.Readiness:
                throw new InjectedFaultException("the service was asked not to be ready.");
            case FaultKind.Memory when !memory.TryHold(fault.MegaBytes):
                throw new InjectedFaultException($"questions have left {memory.MegaBytes} MiB behind, as they were asked to.");
            case FaultKind.Dependency:
                await WaitAsync(fault.Ms, cancellationToken);
                throw new InjectedFaultException("what questions are answered from was asked to be away.");
        }
    }

    private Task WaitAsync(int ms, CancellationToken cancellationToken) =>
        ms > 0 ? Task.Delay(TimeSpan.FromMilliseconds(ms), time, cancellationToken) : Task.CompletedTask;

    private double Draw()
    {
        lock (gate)
        {
            return random.NextDouble() * 100;
        }
    }
}

/// <summary>A fault that somebody asked for.</summary>
internal sealed class InjectedFaultException(string why) : Exception("A fault on purpose: " + why);
