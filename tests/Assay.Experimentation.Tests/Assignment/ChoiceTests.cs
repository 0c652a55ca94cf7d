using Assay.Experimentation.Assignment;
using FsCheck.Fluent;

namespace Assay.Experimentation.Tests.Assignment;

public sealed class ChoiceTests
{
    private static readonly Draw Arms = new(DrawPurpose.Arm, "reranker_model_test");
    private static readonly ulong[] Units = [.. Enumerable.Range(0, 3000).Select(i => Arms.Bits($"user-{i}"))];

    // From the second implementation that DrawTests names: the arm with the smallest −ln(u)/weight, u = ((xxh64(arm, seed = bits) >> 11) + ½) / 2⁵³.
    [Theory]
    [InlineData("a", "new", "big")]
    [InlineData("user-17", "control", "new")]
    [InlineData("00000000-0000-4000-8000-000000000017", "new", "new")]
    [InlineData("Жанна", "control", "new")]
    [InlineData("山田太郎", "new", "new")]
    [InlineData("👩‍👩‍👧", "control", "big")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "new", "new")]
    public void An_arm_is_that_of_the_published_rule(string key, string ofTwo, string ofThree)
    {
        Name(key, ("control", 500_000), ("new", 500_000)).ShouldBe(ofTwo);
        Name(key, ("control", 200_000), ("new", 500_000), ("big", 300_000)).ShouldBe(ofThree);
        Name(key, ("big", 300_000), ("new", 500_000), ("control", 200_000)).ShouldBe(ofThree);
    }

    [Fact]
    public void When_one_weight_grows_units_move_to_it_alone() =>
        Prop.ForAll(
                Gen.Choose(0, 200_000).ArrayOf(4).ToArbitrary(),
                Gen.Choose(0, 3).ToArbitrary(),
                (weights, grows) =>
                {
                    var grown = weights.ToArray();
                    grown[grows] += 50_000;
                    var (before, after) = (Of(weights), Of(grown));
                    return Units.All(u => before.Of(u) == after.Of(u) || after.Of(u) == grows);
                }
            )
            .Holds(50);

    [Fact]
    public void Weights_in_the_same_proportion_choose_the_same() => Units.ShouldAllBe(u => Of(1, 2, 3).Of(u) == Of(100_000, 200_000, 300_000).Of(u));

    [Fact]
    public void A_change_of_weights_moves_no_more_than_the_least_of_any_rule_that_knows_the_new_weights_alone()
    {
        // Probability of staying, Moulton and Jiang 2018: Σ over arms of 1 / Σ over arms of max(p_j/p_i, q_j/q_i).
        double[] p = [0.5, 0.3, 0.2];
        double[] q = [0.2, 0.3, 0.5];
        var stays = Enumerable.Range(0, 3).Sum(i => 1 / Enumerable.Range(0, 3).Sum(j => Math.Max(p[j] / p[i], q[j] / q[i])));
        var (before, after) = (Of(500_000, 300_000, 200_000), Of(200_000, 300_000, 500_000));
        var stayed = Units.Count(u => before.Of(u) == after.Of(u)) / (double)Units.Length;
        stayed.ShouldBe(stays, 5 * Math.Sqrt(stays * (1 - stays) / Units.Length));
    }

    [Fact]
    public void Of_weights_that_are_all_0_none_is_chosen() => Of(0, 0).Of(Units[0]).ShouldBe(-1);

    private static Choice Of(params int[] weights) => new(weights.Select((w, i) => new Share($"arm{i}", w)));

    private static string Name(string key, params (string Name, int Weight)[] arms) =>
        arms[new Choice(arms.Select(a => new Share(a.Name, a.Weight))).Of(Arms.Bits(key))].Name;
}
