using Assay.Experimentation.Flags;
using Assay.Server.Flags.Pages;

namespace Assay.Server.Tests.Flags.Pages;

public sealed class FlagDraftTests
{
    [Theory]
    [InlineData("a", "b")]
    [InlineData("with, comma", "with \"quotes\"", " blanks ")]
    [InlineData("ключ", "日本", "a=b;c")]
    public void Values_come_out_of_a_field_as_they_went_in(params string[] values) => ValueList.Read(ValueList.Write(values)).ShouldBe(values);

    [Theory]
    [InlineData("a,b ,, c", new[] { "a", "b", "c" })]
    [InlineData("\"a,b\", c", new[] { "a,b", "c" })]
    [InlineData("\"open", new[] { "open" })]
    [InlineData(" ", new string[0])]
    public void Values_are_parted_by_commas_outside_of_quotes(string text, string[] values) => ValueList.Read(text).ShouldBe(values);

    [Fact]
    public void A_form_that_nobody_touched_changes_nothing()
    {
        var flag = Flag();
        var change = FlagDraft.Of(flag, 3).ToChange(flag);
        change.Rules.ShouldBeNull();
        change.Rollout.ShouldBeNull();
        change.Enabled.ShouldBeNull();
        change.ExpectedVersion.ShouldBe(3);
    }

    [Fact]
    public void A_rule_that_is_moved_keeps_its_name_and_its_draw()
    {
        var flag = Flag();
        var rules = FlagDraft.Of(flag, 0).After("up:1", ["on", "off"]).ToChange(flag).Rules!;
        rules.Select(r => r.Name).ShouldBe(["rule 2", "staff"]);
        RuleKeys.SaltOf("f", rules[0], rules[0].Name).ShouldBe("f/rule 2");
    }

    [Fact]
    public void A_new_rule_never_takes_the_name_of_one_that_draws()
    {
        var flag = Flag();
        var draft = FlagDraft.Of(flag, 0).After("remove:0", ["on", "off"]).After("rollout", ["on", "off"]);
        var rules = draft.ToChange(flag).Rules!;
        rules.Select(r => r.Name).Distinct().Count().ShouldBe(2);
        rules[0].Name.ShouldBe("rule 2");
    }

    [Theory]
    [InlineData("up:0")]
    [InlineData("down:9")]
    [InlineData("remove:-1")]
    [InlineData("drop:0.99")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void A_button_that_is_not_there_does_nothing(string act)
    {
        var flag = Flag();
        FlagDraft.Of(flag, 0).After(act, ["on", "off"]).ToChange(flag).Rules.ShouldBeNull();
    }

    [Fact]
    public void Shares_that_are_cleared_are_none() => (FlagDraft.Of(Flag(), 0) with { Shares = ["", ""] }).ToChange(Flag()).Rollout.ShouldBeEmpty();

    private static FlagFile Flag() =>
        new()
        {
            Name = "f",
            Rules =
            [
                new RuleEntry
                {
                    Name = "staff",
                    If = [new ConditionEntry { Attribute = "group", Values = ["staff"] }],
                    Serve = "on",
                },
                new RuleEntry { Rollout = new() { ["on"] = 25 } },
            ],
            Rollout = new() { ["on"] = 10 },
        };
}
