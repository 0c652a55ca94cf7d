namespace Assay.Observability.Slos;

/// <summary>What an alert rests on: its sentences are built of this, in any language.</summary>
/// <param name="Threshold">The burn rate at which it fires.</param>
/// <param name="Long">The long window when it began to fire.</param>
/// <param name="Short">The short window then.</param>
internal sealed record AlertFacts(double Threshold, BurnFact Long, BurnFact Short)
{
    /// <summary>The window whose count chance explains least: <c>1h</c>; null for an alert of a version that did not keep it.</summary>
    public string? Rarest { get; init; }

    /// <summary>log10 of the probability of that count, or of more bad events, at exactly the budget; null as <see cref="Rarest"/>.</summary>
    public double? Log10Chance { get; init; }

    /// <summary>The long windows when it was over, the shortest first; null while it fires.</summary>
    public IReadOnlyList<BurnFact>? Calmed { get; init; }
}

/// <summary>Counts of a window, as an alert keeps them.</summary>
/// <param name="Window">Its length: <c>5m</c>, <c>1h</c>.</param>
/// <param name="Bad">Bad events.</param>
/// <param name="Total">All events.</param>
/// <param name="Burn">The burn rate; null without events.</param>
internal sealed record BurnFact(string Window, long Bad, long Total, double? Burn)
{
    public static BurnFact Of(BurnReading reading) => new(reading.Name, reading.Count.Bad, reading.Count.Total, reading.Burn);
}
