using Assay.Experimentation.Assignment;
using FsCheck.Fluent;

namespace Assay.Experimentation.Tests.Assignment;

public sealed class SharesTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 2000).Select(i => $"user-{i}")];

    [Fact]
    public void Each_variant_gets_its_share()
    {
        var shares = Of(100_000, 200_000, 300_000, 50_000, 0, 150_000);
        var counts = new int[7];
        const int Units = 100_000;
        for (var i = 0; i < Units; i++)
        {
            counts[shares.Of($"user-{i}") + 1]++;
        }

        // Within 5 standard errors.
        int[] expected = [20_000, 10_000, 20_000, 30_000, 5_000, 0, 15_000];
        for (var i = 0; i < counts.Length; i++)
        {
            var error = 5 * Math.Sqrt(expected[i] * (1 - (expected[i] / (double)Units)));
            ((double)counts[i]).ShouldBeInRange(expected[i] - error, expected[i] + error);
        }
    }

    [Fact]
    public void With_two_variants_whoever_has_one_keeps_it_while_shares_grow() =>
        Prop.ForAll(
                Gen.Choose(0, Draw.Steps).Four().ToArbitrary(),
                cuts =>
                {
                    // Two of four cuts between 0 and 100 % are the shares before, the outer ones those after.
                    int[] sorted = [.. new[] { cuts.Item1, cuts.Item2, cuts.Item3, cuts.Item4 }.Order()];
                    var before = Of(sorted[0], Draw.Steps - sorted[3]);
                    var after = Of(sorted[1], Draw.Steps - sorted[2]);
                    return Keys.All(k => before.Of(k) == Shares.None || before.Of(k) == after.Of(k));
                }
            )
            .Holds(50);

    [Fact]
    public void With_many_variants_the_first_two_and_whichever_grows_keep_everybody() =>
        Prop.ForAll(
                Gen.Choose(0, 150_000).ArrayOf(6).ToArbitrary(),
                Gen.Choose(0, 5).ToArbitrary(),
                (shares, grows) =>
                {
                    var before = Of(shares);
                    var grown = shares.ToArray();
                    grown[grows] += 100_000;
                    var after = Of(grown);
                    return Keys.All(k => (before.Of(k) > 1 && before.Of(k) != grows) || before.Of(k) == Shares.None || before.Of(k) == after.Of(k));
                }
            )
            .Holds(50);

    [Fact]
    public void A_share_for_a_further_variant_moves_nobody_who_had_one_of_the_first_two()
    {
        var before = Of(50_000, 50_000, 0, 0);
        var after = Of(50_000, 50_000, 10_000, 500_000);
        Keys.Where(k => before.Of(k) != Shares.None).ShouldAllBe(k => before.Of(k) == after.Of(k));
        Keys.Count(k => after.Of(k) == 3).ShouldBeInRange(850, 1150);
    }

    [Fact]
    public void Whoever_has_a_hundred_percent_is_known_without_a_key()
    {
        Of(0, Draw.Steps).OfEverybody.ShouldBe(1);
        Of(1, Draw.Steps - 1).OfEverybody.ShouldBe(Shares.None);
        Keys.ShouldAllBe(k => Of(0, 0, Draw.Steps).Of(k) == 2);
        Keys.ShouldAllBe(k => Of(0, 0, 0).Of(k) == Shares.None);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(100, 1_000_000)]
    [InlineData(0.0001, 1)]
    [InlineData(34.1234, 341_234)]
    [InlineData(0.00001, null)]
    [InlineData(-1, null)]
    [InlineData(100.0001, null)]
    public void Percentages_are_counted_in_steps_of_a_ten_thousandth(double percent, int? millionths) =>
        Percent.Millionths((decimal)percent).ShouldBe(millionths);

    private static Shares Of(params int[] millionths) => new("salt", [.. millionths.Select((m, i) => new Share($"v{i}", m))]);
}
