using Assay.Catalogs;
using Assay.Experimentation.Flags;
using Assay.Server.Flags;

namespace Assay.Server.Tests.Flags;

public sealed class StaleFlagsTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Theory]
    [InlineData("name: a\nrollout: { on: 5 }", null)]
    [InlineData("name: a", null)]
    [InlineData("name: a\nexpires: 2026-11-21", null)]
    [InlineData("name: a\nexpires: 2026-11-20", nameof(StaleKind.Expired))]
    [InlineData("name: a\nrollout: { on: 100 }", nameof(StaleKind.Decided))]
    [InlineData("name: a\nenabled: false\nrollout: { on: 100 }", null)]
    [InlineData("name: a\nrollout: { on: 100 }\nrequires: [{ flag: b }]", null)]
    [InlineData("name: a\nrules: [{ serve: on }]", nameof(StaleKind.Decided))]
    [InlineData("name: a\nrules: [{ if: [{ attribute: x, values: [y] }], serve: on }]\nrollout: { on: 100 }", nameof(StaleKind.Decided))]
    [InlineData("name: a\nrules: [{ if: [{ attribute: x, values: [y] }], serve: off }]\nrollout: { on: 100 }", null)]
    public void A_file_tells_whether_its_flag_should_be_looked_at(string yaml, string? expected) => KindOf(yaml, decided: null).ShouldBe(expected);

    [Theory]
    [InlineData(29, null)]
    [InlineData(30, nameof(StaleKind.Killed))]
    public void A_kill_switch_of_a_month_is_the_rule(int days, string? expected) => KindOf("name: a", Decided(days) with { Killed = true }).ShouldBe(expected);

    [Theory]
    [InlineData(29, null)]
    [InlineData(30, nameof(StaleKind.Drift))]
    public void An_override_of_a_month_belongs_into_the_file(int days, string? expected) =>
        KindOf("name: a", Decided(days) with { Enabled = true }).ShouldBe(expected);

    [Fact]
    public void An_override_that_says_what_the_file_says_is_none() => KindOf("name: a", Decided(400)).ShouldBeNull();

    [Fact]
    public void An_override_of_all_is_decided() =>
        KindOf("name: a", Decided(1) with { Rollout = new Dictionary<string, decimal> { ["on"] = 100 } }).ShouldBe(nameof(StaleKind.Decided));

    private static string? KindOf(string yaml, FlagOverride? decided) =>
        StaleFlags.Why(CatalogFile.Parse<FlagFile>(yaml, "a.yaml").Single(), decided, Today)?.Kind.ToString();

    private static FlagOverride Decided(int daysAgo) =>
        new()
        {
            Flag = "a",
            Actor = "token a",
            Reason = "r",
            At = new DateTimeOffset(Today.AddDays(-daysAgo), new TimeOnly(12, 0), TimeSpan.Zero),
            Version = 1,
        };
}
