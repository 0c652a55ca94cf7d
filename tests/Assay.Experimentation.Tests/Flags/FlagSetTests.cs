using Assay.Experimentation.Flags;
using Assay.Flags;

namespace Assay.Experimentation.Tests.Flags;

public sealed class FlagSetTests
{
    private static readonly Unit Ann = new("ann", new UnitAttributes(new UnitAttribute("group", ["staff", "beta"]), new UnitAttribute("plan", "paid")));

    [Fact]
    public void A_flag_without_rules_is_static_and_says_its_variant()
    {
        var flags = Flagging.Read("name: dark\ndefault: on");
        var answer = flags.Evaluate("dark", Ann);
        answer.Value!.Boolean.ShouldBe(true);
        answer.Variant.ShouldBe("on");
        answer.Reason.ShouldBe(EvaluationReason.Static);
        answer.Error.ShouldBe(EvaluationError.None);
    }

    [Fact]
    public void A_flag_that_does_not_exist_is_an_answer_and_no_exception()
    {
        var answer = FlagSet.Empty.Evaluate("dark", default);
        answer.Error.ShouldBe(EvaluationError.FlagNotFound);
        answer.Value.ShouldBeNull();
        answer.Reason.ShouldBe(EvaluationReason.Unknown);
        FlagSet.Empty.Explain("dark", default).ShouldBeNull();
    }

    [Fact]
    public void The_first_rule_that_holds_decides_and_is_named()
    {
        var flags = Flagging.Read(
            """
            name: reranker
            variants: { small: MiniLM, large: { model: bge, size: 5 }, off: null }
            rules:
              - name: staff
                if: [{ attribute: group, values: [staff] }]
                serve: large
              - if: [{ attribute: plan, operator: equals, values: [paid] }]
                serve: small
            """
        );
        var answer = flags.Evaluate("reranker", Ann);
        (answer.Variant, answer.Rule, answer.Reason).ShouldBe(("large", "staff", EvaluationReason.TargetingMatch));
        answer.Value!.Json.GetProperty("size").GetInt32().ShouldBe(5);
        answer = flags.Evaluate("reranker", new Unit("bob", new UnitAttributes(new UnitAttribute("plan", "paid"))));
        (answer.Variant, answer.Rule).ShouldBe(("small", "rule 2"));
        flags.Evaluate("reranker", "bob").Variant.ShouldBe("off");
    }

    [Fact]
    public void The_kill_switch_wins_over_rules_prerequisites_and_rollouts()
    {
        const string Yaml = """
            name: base
            default: on
            whenOff: off
            ---
            name: feature
            requires: [{ flag: base }]
            rules: [{ name: all, serve: on }]
            whenOff: off
            """;
        Flagging.Read(Yaml).Evaluate("feature", Ann).Variant.ShouldBe("on");
        var killed = Flagging.Read(Yaml, Flagging.Override("feature", 3) with { Killed = true }).Evaluate("feature", Ann);
        (killed.Variant, killed.Reason, killed.Version).ShouldBe(("off", EvaluationReason.Disabled, 3));
        Flagging.Read(Yaml, Flagging.Override("base") with { Killed = true }).Evaluate("feature", Ann).Variant.ShouldBe("off");
        Flagging.Read(Yaml, Flagging.Override("base") with { Killed = true, Enabled = true }).Evaluate("base", Ann).Reason.ShouldBe(EvaluationReason.Disabled);
    }

    [Fact]
    public void A_rollout_gives_its_share_and_needs_a_key()
    {
        var flags = Flagging.Read("name: ramp\nrollout: { on: 20 }");
        var on = Enumerable.Range(0, 10_000).Count(i => flags.Evaluate("ramp", $"user-{i}").Value!.Boolean == true);
        on.ShouldBeInRange(1800, 2200);
        flags.Evaluate("ramp", "user-1").Reason.ShouldBe(EvaluationReason.Split);
        var missing = flags.Evaluate("ramp", default);
        (missing.Error, missing.Value, missing.Variant).ShouldBe((EvaluationError.TargetingKeyMissing, null, null));
        Flagging.Read("name: ramp\nrollout: { on: 100 }").Evaluate("ramp", default).Variant.ShouldBe("on");
        Flagging.Read("name: ramp\nrollout: { on: 0 }").Evaluate("ramp", default).Variant.ShouldBe("off");
    }

    [Fact]
    public void An_override_changes_rollout_rules_and_switch_until_it_is_taken_back()
    {
        const string Yaml = "name: ramp\nrollout: { on: 0 }";
        Flagging
            .Read(Yaml, Flagging.Override("ramp") with { Rollout = new Dictionary<string, decimal> { ["on"] = 100 } })
            .Evaluate("ramp", Ann)
            .Variant.ShouldBe("on");
        Flagging.Read(Yaml, Flagging.Override("ramp") with { Rules = [new RuleEntry { Name = "x", Serve = "on" }] }).Evaluate("ramp", Ann).Rule.ShouldBe("x");
        Flagging.Read(Yaml, Flagging.Override("ramp") with { Enabled = false }).Evaluate("ramp", Ann).Reason.ShouldBe(EvaluationReason.Disabled);
        Flagging.Read(Yaml, Flagging.Override("other") with { Killed = true }).Evaluate("ramp", Ann).Version.ShouldBe(0);
    }

    [Fact]
    public void A_reader_gives_the_fallback_for_what_has_another_type()
    {
        var snapshot = Snapshot.Empty with { Flags = Flagging.Read("name: size\nvariants: { on: 5, off: \"5\" }\ndefault: on") };
        var reader = new FlagReader(() => snapshot);
        reader.Number("size", Ann, 1).ShouldBe(5);
        reader.Text("size", Ann, "none").ShouldBe("none");
        reader.IsEnabled("size", Ann, fallback: true).ShouldBeTrue();
        reader.IsEnabled("nothing", Ann).ShouldBeFalse();
        reader.IsEnabled(null!, Ann).ShouldBeFalse();
    }

    [Fact]
    public void An_explanation_shows_each_rule_and_where_the_unit_stands()
    {
        var explained = Flagging
            .Read(
                """
                name: ramp
                rules:
                  - name: staff
                    if: [{ attribute: group, values: [staff] }, { attribute: age, operator: atLeast, values: [18] }]
                    serve: on
                rollout: { on: 5 }
                """
            )
            .Explain("ramp", Ann)!;
        var rule = explained.Rules.ShouldHaveSingleItem();
        rule.Holds.ShouldBeFalse();
        rule.Conditions.Select(c => (c.Actual, c.Holds)).ShouldBe([("staff, beta", true), (null, false)]);
        explained.Rollout!.Percent!.Value.ShouldBeInRange(0, 100);
        explained.Rollout.Shares["on"].ShouldBe(5);
        explained.Evaluation.ShouldBe(Flagging.Read("name: ramp\nrollout: { on: 5 }").Evaluate("ramp", Ann));
    }
}
