namespace Assay.Embedded.Events.Sums;

/// <summary>
/// The sum of squares of what requests cost, in pico-dollars²: whole numbers, so that a request whose cost grows is taken off and added again without a trace. A row that was written before
/// squares were kept has none, and makes every sum with it unknown.
/// </summary>
internal readonly record struct CostSquares(Int128 Sum)
{
    private const double DollarsPerPico = 1e-12;

    /// <summary>In US dollars².</summary>
    public double SquareDollars => (double)Sum * DollarsPerPico * DollarsPerPico;

    /// <summary>A request's cost, once or taken off again.</summary>
    public static CostSquares Of(UseSum cost, int times) => new(times * ((Int128)cost.Pico * cost.Pico));

    /// <summary>Both together; unknown when one of them has a cost without squares.</summary>
    public static CostSquares? Merge(bool hasLeft, CostSquares? left, bool hasRight, CostSquares? right) =>
        !hasLeft ? right
        : !hasRight ? left
        : left is { } a && right is { } b ? new CostSquares(Plus(a.Sum, b.Sum))
        : null;

    public void Write(ByteWriter bytes) => bytes.Fixed((UInt128)Sum);

    public static CostSquares Read(ref ByteReader bytes) => new((Int128)bytes.Fixed128());

    // One absurd price must not stop the store.
    private static Int128 Plus(Int128 a, Int128 b)
    {
        var sum = unchecked(a + b);
        return ((a ^ sum) & (b ^ sum)) >= 0 ? sum
            : a < 0 ? Int128.MinValue
            : Int128.MaxValue;
    }
}
