namespace RagService.Asking;

/// <summary>Faults on purpose, for demos and rehearsals; section <c>Faults</c>. Both are off by default.</summary>
internal sealed class FaultOptions
{
    public const string Section = "Faults";

    /// <summary>The share of questions that fail with 500, percent. The default is 0.</summary>
    public double ErrorPercent { get; set; }

    /// <summary>What is added to the time of each answer, milliseconds. The default is 0.</summary>
    public int ExtraLatencyMs { get; set; }

    /// <summary>Decides which questions fail. The default is 42.</summary>
    public int Seed { get; set; } = 42;
}

/// <summary>Makes questions slow or fail, as <see cref="FaultOptions"/> say.</summary>
internal sealed class Faults(FaultOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Random random = new(options.Seed);

    /// <exception cref="InjectedFaultException">This question is one of those that fail.</exception>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        if (options.ExtraLatencyMs > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(options.ExtraLatencyMs), time, cancellationToken);
        }

        if (options.ErrorPercent > 0 && Draw() < options.ErrorPercent)
        {
            throw new InjectedFaultException();
        }
    }

    private double Draw()
    {
        lock (gate)
        {
            return random.NextDouble() * 100;
        }
    }
}

/// <summary>A fault that was asked for in the settings.</summary>
internal sealed class InjectedFaultException() : Exception("A fault on purpose: Faults:ErrorPercent is above 0.");
