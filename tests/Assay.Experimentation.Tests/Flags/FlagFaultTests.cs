namespace Assay.Experimentation.Tests.Flags;

public sealed class FlagFaultTests
{
    [Theory]
    [InlineData("name: A", 1, "'A' is no name")]
    [InlineData("name: ''", 1, "'' is no name")]
    [InlineData("name: 1st", 1, "'1st' is no name")]
    [InlineData("name: a\n---\nname: a", 3, "there are two of this name, the other at flags.yaml:1")]
    [InlineData("name: a\ndefault: maybe", 1, "default names the variant 'maybe'")]
    [InlineData("name: a\nwhenOff: maybe", 1, "whenOff names the variant 'maybe'")]
    [InlineData("name: a\nvariants: { x: 1 }\ndefault: x", 1, "whenOff names the variant 'off'")]
    [InlineData("name: a\nrollout: { maybe: 5 }", 1, "rollout names the variant 'maybe'")]
    [InlineData("name: a\nrollout: { on: 60, off: 50 }", 1, "sum to 110 %")]
    [InlineData("name: a\nrollout: { on: -1 }", 1, "share of -1 %")]
    [InlineData("name: a\nrollout: { on: 101 }", 1, "share of 101 %")]
    [InlineData("name: a\nrollout: { on: 0.00001 }", 1, "share of 0.00001 %")]
    [InlineData("name: a\nrules:\n  - name: r\n    serve: maybe", 3, "serve names the variant 'maybe'")]
    [InlineData("name: a\nrules:\n  - name: r", 3, "neither serve nor rollout")]
    [InlineData("name: a\nrules:\n  - serve: on\n    rollout: { on: 5 }", 3, "both serve and rollout")]
    [InlineData("name: a\nrules:\n  - { name: r, serve: on }\n  - { name: r, serve: on }", 4, "two rules are called 'r'")]
    [InlineData("name: a\nrules:\n  - serve: on\n    if:\n      - { operator: in, values: [x] }", 5, "a condition without attribute")]
    [InlineData("name: a\nrules:\n  - serve: on\n    if:\n      - { attribute: x, operator: like, values: [x] }", 5, "no operator 'like'")]
    [InlineData("name: a\nrequires:\n  - { flag: b }", 3, "requires the flag 'b', which there is not")]
    [InlineData("name: a\nrequires:\n  - { flag: b, variant: x }\n---\nname: b", 3, "requires the variant 'x' of 'b'")]
    [InlineData("name: a\nrequires:\n  - { flag: a }", 1, "lead back to itself: a → a")]
    [InlineData(
        "name: x\nrequires: [{ flag: a }]\n---\nname: a\nrequires: [{ flag: b }]\n---\nname: b\nrequires: [{ flag: c }]\n---\nname: c\nrequires: [{ flag: a }]",
        4,
        "a → b → c → a"
    )]
    [InlineData("name: a\nrolout: { on: 5 }", 2, "unknown key 'rolout'")]
    public void What_does_not_fit_is_refused_with_its_line(string yaml, int line, string problem)
    {
        var fault = Flagging.Fault(yaml);
        fault.ShouldContain(problem);
        fault.ShouldStartWith($"flags.yaml:{line}: ");
    }

    [Fact]
    public void An_override_that_does_not_fit_is_named()
    {
        var change = Flagging.Override("a", 4) with { Rollout = new Dictionary<string, decimal> { ["maybe"] = 5 } };
        Flagging.Fault("name: a", change).ShouldContain("flag 'a' (with its override 4): rollout names the variant 'maybe'");
    }

    [Fact]
    public void Prerequisites_that_multiply_are_refused()
    {
        // Each of 12 asks the next one twice: 2¹² questions for the first.
        var flags = Enumerable.Range(0, 12).Select(i => $"name: f{i}\nrequires: [{{ flag: f{i + 1} }}, {{ flag: f{i + 1} }}]").Append("name: f12");
        Flagging.Fault(string.Join("\n---\n", flags)).ShouldContain("more than 100 flags must be looked at");
        var chain = Enumerable.Range(0, 5000).Select(i => $"name: f{i}\nrequires: [{{ flag: f{i + 1} }}]").Append("name: f5000");
        Flagging.Fault(string.Join("\n---\n", chain)).ShouldContain("more than 100 flags must be looked at");
    }
}
