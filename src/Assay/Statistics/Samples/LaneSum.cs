using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Statistics.Samples;

/// <summary>
/// Four running sums side by side, each with the rounding errors that it made (Neumaier 1974, with Knuth's TwoSum).
/// Always four lanes, whatever the processor: wider registers stay unused and narrower ones take turns, so the bits
/// do not depend on the machine. Plain additions only; the runtime fuses none by itself.
/// </summary>
internal struct LaneSum
{
    public const int Lanes = 4;

    private Vector256<double> sum;
    private Vector256<double> rest;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector256<double> values)
    {
        var next = sum + values;
        var back = next - sum;
        rest += sum - (next - back) + (values - back);
        sum = next;
    }

    public readonly DoubleDouble Total() => Lane(0) + Lane(1) + (Lane(2) + Lane(3));

    private readonly DoubleDouble Lane(int lane) => DoubleDouble.Sum(sum.GetElement(lane), rest.GetElement(lane));

    /// <summary>Four values from <paramref name="from"/> on; where the values end, the filler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(ReadOnlySpan<double> values, int from, double filler) =>
        values.Length - from >= Lanes ? Vector256.Create(values[from..]) : LoadLast(values[from..], filler);

    private static Vector256<double> LoadLast(ReadOnlySpan<double> values, double filler)
    {
        Span<double> lanes = [filler, filler, filler, filler];
        values.CopyTo(lanes);
        return Vector256.Create<double>(lanes);
    }
}
