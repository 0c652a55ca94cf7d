using Assay.Experimentation.Flags;

namespace Assay.Experimentation.Tests.Flags;

public sealed class StaleFlagTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("name: a\nrollout: { on: 0 }", "off")]
    [InlineData("name: a\nrollout: { on: 100 }", "on")]
    [InlineData("name: a\nrollout: { on: 60, off: 40 }", null)]
    [InlineData("name: a\nrollout: { on: 99.9999 }", null)]
    [InlineData("name: a\nenabled: false\nrollout: { on: 50 }", "off")]
    [InlineData("name: a\ndefault: on", null)]
    [InlineData("name: a\nrules: [{ serve: on }]\nrollout: { off: 95, on: 5 }", "on")]
    [InlineData("name: a\nrules: [{ rollout: { on: 100 } }]", "on")]
    [InlineData("name: a\nrules: [{ serve: on, if: [{ attribute: x, operator: exists }] }]", null)]
    [InlineData("name: a\nrules: [{ serve: off, if: [{ attribute: x, operator: exists }] }]", "off")]
    [InlineData("name: a\nrequires: [{ flag: b }]\nrollout: { on: 100 }\n---\nname: b\ndefault: on", null)]
    public void A_flag_that_leaves_one_variant_for_everybody_is_stale(string yaml, string? variant)
    {
        var stale = StaleFlag.Among(Flagging.Read(yaml).All, Now).SingleOrDefault();
        (stale?.Variant).ShouldBe(variant);
        (stale?.Reason).ShouldBe(variant is null ? null : StaleReason.SameForEverybody);
    }

    [Fact]
    public void A_rollout_that_has_just_ended_is_not_stale_yet()
    {
        var ended = Flagging.Override("a") with
        {
            Rollout = new Dictionary<string, decimal> { ["on"] = 100 },
            At = Now.AddDays(-13),
        };
        StaleFlag.Among(Flagging.Read("name: a", ended).All, Now).ShouldBeEmpty();
        StaleFlag.Among(Flagging.Read("name: a", ended with { At = Now.AddDays(-14) }).All, Now).ShouldHaveSingleItem().Since.ShouldBe(Now.AddDays(-14));
    }

    [Theory]
    [InlineData("2026-05-31", true)]
    [InlineData("2026-06-01", false)]
    public void A_flag_is_stale_the_day_after_it_expires(string day, bool isStale) =>
        StaleFlag
            .Among(Flagging.Read($"name: a\nowner: ann\nexpires: {day}").All, Now)
            .Any(s => s is { Reason: StaleReason.Expired, Owner: "ann" })
            .ShouldBe(isStale);

    [Fact]
    public void What_nobody_asks_for_is_stale_when_that_is_known()
    {
        var flags = Flagging.Read("name: a\n---\nname: b").All;
        StaleFlag
            .Among(flags, Now, new Dictionary<string, long> { ["a"] = 5 })
            .ShouldHaveSingleItem()
            .ShouldBe(new StaleFlag("b", "", StaleReason.Unused, null, null));
    }
}
