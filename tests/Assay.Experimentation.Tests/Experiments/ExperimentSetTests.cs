using Assay.Catalogs;
using Assay.Experimentation.Experiments;
using Assay.Flags;

namespace Assay.Experimentation.Tests.Experiments;

public sealed class ExperimentSetTests
{
    private const string Arms = "variants: [{ name: control, weight: 50 }, { name: new, weight: 50 }]";

    [Fact]
    public void Arms_have_their_weights_and_a_unit_keeps_its_arm()
    {
        var set = Read($"name: test\n{Arms}");
        var arms = Enumerable.Range(0, 10_000).Select(i => set.Arm("test", $"user-{i}")).ToList();
        arms.Count(a => a == "control").ShouldBeInRange(4800, 5200);
        arms.ShouldBe(Enumerable.Range(0, 10_000).Select(i => set.Arm("test", $"user-{i}")));
    }

    [Fact]
    public void Whoever_takes_no_part_has_no_arm()
    {
        var set = Read($"name: test\naudience: [{{ attribute: plan, values: [paid] }}]\n{Arms}\n---\nname: done\nrunning: false\n{Arms}");
        set.Arm("test", "ann").ShouldBeNull();
        set.Arm("test", new Unit("ann", new UnitAttributes(new UnitAttribute("plan", "paid")))).ShouldNotBeNull();
        set.Arm("test", new Unit("", new UnitAttributes(new UnitAttribute("plan", "paid")))).ShouldBeNull();
        set.Arm("done", "ann").ShouldBeNull();
        set.Arm("nothing", "ann").ShouldBeNull();
    }

    [Fact]
    public void Experiments_of_one_layer_have_no_unit_in_common_and_each_its_part()
    {
        var set = Read($"name: a\nlayer: search\nslots: [0, 30]\n{Arms}\n---\nname: b\nlayer: search\nslots: [30, 100]\n{Arms}");
        var units = Enumerable.Range(0, 10_000).Select(i => new Unit($"user-{i}")).ToList();
        units.Count(u => set.Arm("a", u) is not null && set.Arm("b", u) is not null).ShouldBe(0);
        units.Count(u => set.Arm("a", u) is not null).ShouldBeInRange(2800, 3200);
        units.Count(u => set.Arm("b", u) is not null).ShouldBeInRange(6800, 7200);
    }

    [Theory]
    [InlineData("name: a\nlayer: l\nslots: [0, 60]\nA\n---\nname: b\nlayer: l\nslots: [50, 100]\nA", "overlap those of 'a'")]
    [InlineData("name: a\nlayer: l\nA", "without slots")]
    [InlineData("name: a\nslots: [0, 60]\nA", "slots cannot be used")]
    [InlineData("name: a\nlayer: l\nslots: [60, 60]\nA", "are empty")]
    [InlineData("name: a\nvariants: [{ name: control, weight: 50 }, { name: new, weight: 49 }]", "sum to 99")]
    [InlineData("name: a\nvariants: [{ name: control, weight: 100 }]", "1 arms")]
    [InlineData("name: a\nvariants: [{ name: control, weight: 50 }, { name: control, weight: 50 }]", "two arms are called")]
    [InlineData("name: a\nvariants: [{ name: old, weight: 50 }, { name: new, weight: 50 }]", "control 'control' is none")]
    [InlineData("name: a\ntraffic: 101\nA", "traffic 101 %")]
    [InlineData("name: a\ntraffic: 0.00001\nA", "traffic 0.00001 %")]
    [InlineData("name: A\nA", "is no name")]
    [InlineData("name: a\nA\n---\nname: a\nA", "two of this name")]
    [InlineData("name: a\naudience: [{ attribute: x, operator: like, values: [y] }]\nA", "no operator 'like'")]
    public void What_does_not_fit_is_refused_with_its_place(string yaml, string problem)
    {
        var fault = Should.Throw<AssayException>(() => Read(yaml.Replace("\nA", "\n" + Arms)));
        fault.Message.ShouldContain(problem);
        fault.Message.ShouldStartWith("experiments.yaml:");
    }

    [Fact]
    public void The_slots_of_an_experiment_that_has_ended_are_free() =>
        Read($"name: a\nrunning: false\nlayer: l\nslots: [0, 60]\n{Arms}\n---\nname: b\nlayer: l\nslots: [0, 100]\n{Arms}").All.Count.ShouldBe(2);

    internal static ExperimentSet Read(string yaml) => ExperimentSet.Build(CatalogFile.Parse<ExperimentFile>(yaml, "experiments.yaml"));
}
