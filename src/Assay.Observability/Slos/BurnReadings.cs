namespace Assay.Observability.Slos;

/// <summary>The counts of every window of <see cref="BurnPolicy.Windows"/> at one time.</summary>
internal readonly struct BurnReadings(BurnReading[] readings)
{
    private static readonly TimeSpan[] Windows = [.. BurnPolicy.Windows];

    public static BurnReadings Of(SloDefinition slo, SloCounts counts)
    {
        var readings = new BurnReading[Windows.Length];
        for (var i = 0; i < readings.Length; i++)
        {
            readings[i] = BurnReading.Of(Windows[i], counts.In(Windows[i]), slo.Budget);
        }

        return new BurnReadings(readings);
    }

    public IReadOnlyList<BurnReading> All => readings;

    public BurnReading this[TimeSpan window] => readings[Array.IndexOf(Windows, window)];
}
