using Assay.Statistics.Resampling;

namespace Assay.Statistics.Tests.Resampling;

public sealed class SeededRandomTests
{
    // The published reference outputs of xoshiro256** from the state 1, 2, 3, 4 (prng.di.unimi.it, as in the tests of rand_xoshiro).
    [Fact]
    public void The_bits_are_those_of_xoshiro256starstar()
    {
        var random = new SeededRandom(1, 2, 3, 4);

        Enumerable
            .Range(0, 10)
            .Select(_ => random.NextBits())
            .ShouldBe([
                11520,
                0,
                1509978240,
                1215971899390074240,
                1216172134540287360,
                607988272756665600,
                16172922978634559625,
                8476171486693032832,
                10595114339597558777,
                2904607092377533576,
            ]);
    }

    // The published outputs of SplitMix64 from 1234567.
    [Fact]
    public void A_seed_is_spread_by_SplitMix64()
    {
        var state = 1234567UL;

        Enumerable
            .Range(0, 5)
            .Select(_ => SeededRandom.SplitMix(ref state))
            .ShouldBe([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821]);
    }

    // By a transcription of both papers' generators into Python.
    [Theory]
    [InlineData(0, 11091344671253066420)]
    [InlineData(42, 1546998764402558742)]
    [InlineData(-1, 10328197420357168392)]
    public void A_seed_has_its_first_bits(long seed, ulong bits) => new SeededRandom(seed).NextBits().ShouldBe(bits);

    [Fact]
    public void A_unit_value_is_the_upper_53_bits()
    {
        var random = new SeededRandom(7);

        random.NextUnit().ShouldBe(0.7005764821796896);
        random.NextUnit().ShouldBe(0.2787512294737843);
        random.NextUnit().ShouldBe(0.8396274618764198);
    }

    [Fact]
    public void An_index_is_below_its_count()
    {
        var random = new SeededRandom(7);

        Enumerable.Range(0, 12).Select(_ => random.NextIndex(10)).ShouldBe([7, 2, 8, 9, 9, 8, 0, 1, 4, 1, 5, 7]);
        random.NextIndex(1).ShouldBe(0);
    }

    // From the state 1, 2, 3, 4 the second number is 0, the only one of 2⁶⁴ that makes index 0 of 3 more likely than 1 and 2: it is drawn again.
    [Fact]
    public void A_number_that_would_be_unfair_is_drawn_again()
    {
        var random = new SeededRandom(1, 2, 3, 4);

        random.NextIndex(3).ShouldBe(0);
        random.NextIndex(3).ShouldBe(0);
        random.NextBits().ShouldBe(1215971899390074240UL);
    }

    [Fact]
    public void A_number_that_is_fair_is_kept()
    {
        var random = new SeededRandom(1, 2, 3, 4);

        // 2⁶⁴ mod 4 = 0: even 0 is fair.
        random.NextIndex(4).ShouldBe(0);
        random.NextIndex(4).ShouldBe(0);
        random.NextBits().ShouldBe(1509978240UL);
    }

    // By the same transcription: the polar method on 2u − 1.
    [Fact]
    public void Normal_values_come_from_the_polar_method()
    {
        var random = new SeededRandom(7);

        random.NextNormal().ShouldBe(0.9643618527255184, tolerance: 1e-15);
        random.NextNormal().ShouldBe(-0.3039301238656567, tolerance: 1e-15);
        random.NextNormal().ShouldBe(0.30479435832638674, tolerance: 1e-15);
    }

    [Fact]
    public void Normal_values_have_the_normal_moments()
    {
        var random = new SeededRandom(1);
        var values = Enumerable.Range(0, 20_000).Select(_ => random.NextNormal()).ToArray();

        values.Average().ShouldBe(0, tolerance: 0.03);
        values.Average(v => v * v).ShouldBe(1, tolerance: 0.04);
        values.Average(v => v * v * v * v).ShouldBe(3, tolerance: 0.3);
    }
}
