using Assay.Prices;

namespace Assay.Embedded.Events;

/// <summary>Sums over model calls that go on being added to. A figure that would leave the range of long stays at its end: one absurd price must not stop the store.</summary>
internal sealed class UseSum
{
    private const int Figures = 12;

    private readonly long[] figures = new long[Figures];

    public bool IsEmpty => !figures.AsSpan().ContainsAnyExcept(0);

    /// <summary>What was paid, in pico-dollars.</summary>
    public long Pico => figures[6];

    public static UseSum? Of(ModelUse? use)
    {
        if (use is null)
        {
            return null;
        }

        var sum = new UseSum();
        sum.Add(use);
        return sum;
    }

    public void Add(ModelUse use)
    {
        var one = ModelUseTotals.Of(use);
        var tokens = one.Tokens;
        Add([
            one.Calls,
            tokens.Input,
            tokens.CachedInput,
            tokens.CacheWrite,
            tokens.Output,
            tokens.Reasoning,
            one.Cost.Pico,
            one.RetryCost.Pico,
            one.Retries,
            one.Avoided.Pico,
            one.CacheHits,
            one.Unpriced,
        ]);
    }

    public void Add(UseSum other, int times = 1)
    {
        for (var i = 0; i < Figures; i++)
        {
            // Sums of a batch are added one by one, some ten thousand a second: 128 bits only where 64 do not do.
            figures[i] = times switch
            {
                1 => Plus(figures[i], other.figures[i]),
                -1 => Minus(figures[i], other.figures[i]),
                _ => Saturated((Int128)figures[i] + ((Int128)other.figures[i] * times)),
            };
        }
    }

    public UseSum Copy()
    {
        var copy = new UseSum();
        copy.Add(this);
        return copy;
    }

    public ModelUseTotals ToTotals() =>
        new(
            figures[0],
            new TokenUsage(figures[1], figures[2], figures[3], figures[4], figures[5]),
            new Money(figures[6]),
            new Money(figures[7]),
            figures[8],
            new Money(figures[9]),
            figures[10],
            figures[11]
        );

    public void Write(ByteWriter bytes)
    {
        foreach (var figure in figures)
        {
            bytes.Signed(figure);
        }
    }

    public static UseSum Read(ref ByteReader bytes)
    {
        var sum = new UseSum();
        for (var i = 0; i < Figures; i++)
        {
            sum.figures[i] = bytes.Signed();
        }

        return sum;
    }

    public static ModelUseTotals ReadTotals(ReadOnlySpan<byte> stored)
    {
        var bytes = new ByteReader(stored);
        return stored.IsEmpty ? default : Read(ref bytes).ToTotals();
    }

    private void Add(ReadOnlySpan<long> more)
    {
        for (var i = 0; i < Figures; i++)
        {
            figures[i] = Plus(figures[i], more[i]);
        }
    }

    private static long Plus(long a, long b)
    {
        var sum = unchecked(a + b);
        return ((a ^ sum) & (b ^ sum)) >= 0 ? sum : End(a);
    }

    private static long Minus(long a, long b)
    {
        var rest = unchecked(a - b);
        return ((a ^ b) & (a ^ rest)) >= 0 ? rest : End(a);
    }

    private static long End(long of) => of < 0 ? long.MinValue : long.MaxValue;

    private static long Saturated(Int128 sum) => (long)Int128.Clamp(sum, long.MinValue, long.MaxValue);
}
