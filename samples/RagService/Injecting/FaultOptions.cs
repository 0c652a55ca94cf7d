namespace RagService.Injecting;

/// <summary>Faults on purpose, for demos and rehearsals; section <c>Faults</c>. All are off by default.</summary>
internal sealed class FaultOptions
{
    public const string Section = "Faults";

    /// <summary>The share of questions that fail with 500, percent. The default is 0.</summary>
    public double ErrorPercent { get; set; }

    /// <summary>What is added to the time of each answer, milliseconds. The default is 0.</summary>
    public int ExtraLatencyMs { get; set; }

    /// <summary>Decides which questions fail. The default is 42.</summary>
    public int Seed { get; set; } = 42;

    /// <summary>Whether programs of this machine may bring faults about by <c>POST /faults</c>. The default is false.</summary>
    public bool Enabled { get; set; }
}
