using System.Runtime.InteropServices;

namespace Assay.Embedded.Events.Experiments;

/// <summary>
/// An exposure or an outcome as it lies on disk, 40 bytes, little-endian as all machines that .NET 10 supports are.
/// </summary>
/// <param name="Unit">The unit.</param>
/// <param name="TimeNanos">When, in nanoseconds since 1970 UTC; never negative.</param>
/// <param name="Key">Of an outcome 64 bits of the hash of its key, which tell the outcomes of one unit apart; 0 of an exposure.</param>
/// <param name="Value">Of an outcome.</param>
/// <param name="Experiment">The experiment's id.</param>
/// <param name="Name">The id of an outcome's metric, or minus that of an exposure's variant.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct UnitRecord(long Unit, long TimeNanos, ulong Key, double Value, int Experiment, int Name)
{
    /// <summary>Bytes of a record.</summary>
    public const int Bytes = 40;

    public bool IsExposure => Name < 0;

    /// <summary>
    /// By experiment and unit; of a unit its exposures by variant, and then its outcomes by key; of one key the record that counts first. So records of one key
    /// meet in one place wherever they were, and what is summed up is summed up in one order.
    /// </summary>
    public static int Compare(in UnitRecord a, in UnitRecord b)
    {
        if (a.Experiment != b.Experiment)
        {
            return a.Experiment < b.Experiment ? -1 : 1;
        }

        if (a.Unit != b.Unit)
        {
            return a.Unit < b.Unit ? -1 : 1;
        }

        return CompareOfUnit(a, b);
    }

    /// <summary>The same for two records of one unit of one experiment.</summary>
    public static int CompareOfUnit(in UnitRecord a, in UnitRecord b)
    {
        if (a.IsExposure != b.IsExposure)
        {
            return a.IsExposure ? -1 : 1;
        }

        if (a.Key != b.Key)
        {
            return a.Key < b.Key ? -1 : 1;
        }

        if (a.IsExposure && a.Name != b.Name)
        {
            return a.Name < b.Name ? -1 : 1;
        }

        return CompareOfKey(a, b);
    }

    /// <summary>Whether two records are the same event by their idempotency key.</summary>
    public static bool IsSameKey(in UnitRecord a, in UnitRecord b) =>
        a.Unit == b.Unit && a.Key == b.Key && a.Experiment == b.Experiment && (a.IsExposure ? a.Name == b.Name : !b.IsExposure);

    private static int CompareOfKey(in UnitRecord a, in UnitRecord b)
    {
        var byTime = a.TimeNanos.CompareTo(b.TimeNanos);
        var byName = byTime != 0 ? byTime : a.Name.CompareTo(b.Name);
        return byName != 0 ? byName : BitConverter.DoubleToInt64Bits(a.Value).CompareTo(BitConverter.DoubleToInt64Bits(b.Value));
    }
}
