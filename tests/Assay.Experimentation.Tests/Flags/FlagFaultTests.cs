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
    [InlineData(
        "name: a\ndefault: on\nrollout: { on: 5 }",
        1,
        "flag 'a': its share of 5 % of 'on' changes nothing: whoever has no share gets 'on' too, so 100 % have it."
    )]
    [InlineData("name: a\ndefault: on\nrollout: { on: 0 }", 1, "its share of 0 % of 'on' changes nothing")]
    [InlineData(
        "name: a\nrollout: { on: 20, off: 20 }",
        1,
        "its share of 20 % of 'off' changes nothing: whoever has no share gets 'off' too, so 80 % have it."
    )]
    [InlineData(
        "name: a\ndefault: on\nrules:\n  - { name: beta, if: [{ attribute: group, values: [beta] }], rollout: { on: 5 } }",
        4,
        "flag 'a', rule 'beta': its share of 5 % of 'on'"
    )]
    [InlineData(
        "name: a\ndefault: on\nrules:\n  - { name: half, rollout: { off: 50 } }\n  - { name: last, rollout: { on: 5 } }",
        5,
        "rule 'last': its share of 5 % of 'on'"
    )]
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

    [Theory]
    [InlineData("name: a\nrollout: { on: 0 }")]
    [InlineData("name: a\nrollout: {}")]
    [InlineData("name: a\ndefault: on\nrollout: { on: 100 }")]
    [InlineData("name: a\ndefault: on\nrollout: { on: 5, off: 95 }")]
    [InlineData("name: a\nrollout: { on: 5, off: 0 }")]
    [InlineData("name: a\nrules: [{ name: holdout, rollout: { off: 10 } }]\nrollout: { on: 100 }")]
    [InlineData("name: a\nrules: [{ name: holdout, rollout: { off: 10 } }]\nrollout: { on: 0 }")]
    [InlineData("name: a\nrules: [{ name: holdout, rollout: { off: 10 } }, { name: all, serve: on }]")]
    public void A_share_of_the_default_that_changes_something_or_says_what_is_so_is_none_of_them(string yaml) => Flagging.Read(yaml).All.Count.ShouldBe(1);

    [Fact]
    public void A_share_that_changes_nothing_is_refused_of_an_override_too_and_the_fix_names_the_command()
    {
        var change = Flagging.Override("a", 4) with { Rollout = new Dictionary<string, decimal> { ["on"] = 5 } };
        var fault = Should.Throw<AssayException>(() => Flagging.Read("name: a\ndefault: on", change));
        fault.Message.ShouldContain("flag 'a' (with its override 4): its share of 5 % of 'on' changes nothing");
        fault.Fix.ShouldContain("assay flag set a --rollout off=95");
        fault.Fix.ShouldContain("make 'off' the default");
    }

    [Fact]
    public void Shares_that_are_taken_back_are_not_refused_for_a_holdout_of_the_file()
    {
        const string Yaml = "name: a\nrules: [{ name: holdout, rollout: { off: 10 } }]\nrollout: { on: 100 }";
        var none = Flagging.Override("a") with { Rollout = new Dictionary<string, decimal>() };
        Flagging.Read(Yaml, none).Evaluate("a", "ann").Variant.ShouldBe("off");
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
