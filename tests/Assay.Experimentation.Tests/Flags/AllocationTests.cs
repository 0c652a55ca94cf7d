using Assay.Experimentation.Flags;
using Assay.Experimentation.Tests.Experiments;
using Assay.Flags;

namespace Assay.Experimentation.Tests.Flags;

public sealed class AllocationTests
{
    private const int Times = 2000;

    private const string Yaml = """
        name: plain
        default: on
        ---
        name: base
        rollout: { on: 50 }
        ---
        name: full
        variants: { a: { x: 1 }, b: "text", c: 5, d: true, off: null }
        requires: [{ flag: base }, { flag: plain }]
        rules:
          - if:
              - { attribute: plan, values: [free, paid, trial, staff, other] }
              - { attribute: age, operator: atLeast, values: [18] }
              - { attribute: age, operator: notIn, values: [19, 20] }
              - { attribute: version, operator: semverAtLeast, values: [1.2.3-rc.1] }
              - { attribute: address, operator: cidr, values: [10.0.0.0/8, "2001:db8::/32"] }
              - { attribute: since, operator: after, values: ["2026-01-01"] }
              - { attribute: mail, operator: matches, values: ["@example\\.(org|com)$"] }
              - { attribute: mail, operator: endsWith, values: [".org"] }
              - { attribute: groups, operator: contains, values: [taf] }
              - { attribute: beta, values: [true] }
              - { attribute: key, operator: exists }
              - { attribute: nothing, operator: absent }
            rollout: { a: 10, b: 20, c: 30, d: 20 }
        rollout: { b: 50 }
        """;

    private static readonly UnitAttributes Attributes = new(
        new UnitAttribute("plan", "paid"),
        new UnitAttribute("age", 42),
        new UnitAttribute("version", "1.10.0"),
        new UnitAttribute("address", "2001:db8::17"),
        new UnitAttribute("since", "2026-05-01T10:00:00Z"),
        new UnitAttribute("mail", "ann@example.org"),
        new UnitAttribute("groups", ["beta", "staff"]),
        new UnitAttribute("beta", true)
    );

    private static readonly string[] Keys = [.. Enumerable.Range(0, 50).Select(i => $"user-{i}"), "Жанна\ud800", new('я', 4000), ""];

    [Fact]
    public void Asking_a_flag_allocates_nothing_whatever_its_rules()
    {
        var flags = Flagging.Read(Yaml);
        var snapshot = Snapshot.Empty with { Flags = flags };
        var reader = new FlagReader(() => snapshot);
        string[] names = ["plain", "base", "full", "missing"];
        Allocated(i =>
            {
                var unit = new Unit(Keys[i % Keys.Length], Attributes);
                foreach (var name in names)
                {
                    _ = flags.Evaluate(name, in unit);
                    _ = reader.IsEnabled(name, in unit);
                    _ = reader.Text(name, in unit, "");
                    _ = reader.Number(name, in unit, 0);
                }
            })
            .ShouldBe(0);
        Keys.Select(k => flags.Evaluate("full", new Unit(k, Attributes)).Variant).Distinct().Count().ShouldBeGreaterThan(4);
    }

    [Fact]
    public void Asking_for_an_arm_allocates_nothing()
    {
        var set = ExperimentSetTests.Read(
            """
            name: test
            layer: search
            slots: [0, 90]
            traffic: 80
            audience: [{ attribute: plan, values: [paid] }]
            variants: [{ name: control, weight: 40 }, { name: new, weight: 40 }, { name: other, weight: 20 }]
            """
        );
        Allocated(i => _ = set.Arm("test", new Unit(Keys[i % Keys.Length], Attributes))).ShouldBe(0);
        Keys.Select(k => set.Arm("test", new Unit(k, Attributes))).Distinct().Count().ShouldBe(4);
    }

    private static long Allocated(Action<int> ask)
    {
        // The first calls compile the methods and the patterns.
        for (var i = 0; i < Times; i++)
        {
            ask(i);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            ask(i);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
