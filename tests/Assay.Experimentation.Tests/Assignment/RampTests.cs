using Assay.Experimentation.Tests.Experiments;
using FsCheck.Fluent;

namespace Assay.Experimentation.Tests.Assignment;

public sealed class RampTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 1500).Select(i => $"user-{i}")];

    [Fact]
    public void A_ramp_only_adds_units_and_never_changes_an_arm() =>
        Prop.ForAll(
                Gen.Choose(1, 98).ToArbitrary(),
                Gen.Choose(0, 1_000_000).Two().ToArbitrary(),
                (weight, traffic) =>
                {
                    var before = Experiment(weight, Math.Min(traffic.Item1, traffic.Item2));
                    var after = Experiment(weight, Math.Max(traffic.Item1, traffic.Item2));
                    return Keys.All(k => before.Arm("test", k) is not { } arm || after.Arm("test", k) == arm);
                }
            )
            .Holds(30);

    [Fact]
    public void A_change_of_weights_lets_nobody_in_or_out()
    {
        var (before, after) = (Experiment(10, 300_000), Experiment(90, 300_000));
        Keys.ShouldAllBe(k => before.Arm("test", k) == null == (after.Arm("test", k) == null));
        Keys.ShouldAllBe(k => before.Arm("test", k) != "new" || after.Arm("test", k) == "new");
    }

    private static Assay.Experimentation.Experiments.ExperimentSet Experiment(int weight, int millionths) =>
        ExperimentSetTests.Read(
            $"name: test\ntraffic: {millionths / 10_000.0m}\nvariants: [{{ name: control, weight: {99 - weight} }}, {{ name: new, weight: {weight} }}, {{ name: third, weight: 1 }}]"
        );
}
