using System.Globalization;

namespace Assay.Prices;

/// <summary>An amount of US dollars, exact to 10⁻¹² dollars: a token that costs $0.0000003 is 300,000 of them.</summary>
/// <param name="Pico">10⁻¹² dollars; a sum beyond 9.2 million dollars stays there: what a sender claims must not stop who reads it.</param>
public readonly record struct Money(long Pico)
{
    /// <summary>One dollar.</summary>
    public const long PicoPerDollar = 1_000_000_000_000;

    /// <summary>Nothing: a price that is known to be 0. A price that is not known has no amount.</summary>
    public static readonly Money Zero;

    /// <summary>The amount in dollars.</summary>
    public decimal Dollars => (decimal)Pico / PicoPerDollar;

    /// <summary>An amount of dollars, rounded to 10⁻¹².</summary>
    /// <exception cref="OverflowException">Beyond 9.2 million dollars.</exception>
    public static Money OfDollars(decimal dollars) => new(decimal.ToInt64(decimal.Round(dollars * PicoPerDollar)));

    /// <summary>The sum, at most 9.2 million dollars either way.</summary>
    public static Money operator +(Money a, Money b) => Within((Int128)a.Pico + b.Pico);

    /// <summary>The difference, at most 9.2 million dollars either way.</summary>
    public static Money operator -(Money a, Money b) => Within((Int128)a.Pico - b.Pico);

    /// <summary>The dollars with all their digits, without a sign of currency: <c>0.0000003</c>.</summary>
    public override string ToString() => Dollars.ToString("0.############", CultureInfo.InvariantCulture);

    private static Money Within(Int128 pico) => new((long)Int128.Clamp(pico, long.MinValue, long.MaxValue));
}
