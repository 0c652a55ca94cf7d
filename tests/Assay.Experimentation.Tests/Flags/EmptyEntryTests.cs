using System.Text;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Flags;
using Assay.Flags;

namespace Assay.Experimentation.Tests.Flags;

public sealed class EmptyEntryTests
{
    [Theory]
    [InlineData("name: ~")]
    [InlineData("description: x")]
    [InlineData("name: a\ndefault: ~")]
    [InlineData("name: a\nwhenOff: ~")]
    [InlineData("name: a\nrules: [~]")]
    [InlineData("name: a\nrules: [{ name: ~ }]")]
    [InlineData("name: a\nrules: [{ serve: on, if: [~] }]")]
    [InlineData("name: a\nrules: [{ serve: on, if: [{ attribute: ~, values: [x] }] }]")]
    [InlineData("name: a\nrules: [{ serve: on, if: [{ attribute: x, operator: ~, values: [x] }] }]")]
    [InlineData("name: a\nrules: [{ serve: on, if: [{ attribute: x, values: [~] }] }]")]
    [InlineData("name: a\nrequires: [~]")]
    [InlineData("name: a\nrequires: [{ flag: ~ }]")]
    [InlineData("name: a\nrequires: [{ flag: b, variant: ~ }]\n---\nname: b")]
    public void What_is_empty_is_refused_and_not_a_crash(string yaml) => Flagging.Fault(yaml).ShouldContain("flag '");

    [Theory]
    [InlineData("{\"flags\":[{\"name\":\"a\",\"rules\":[null]}]}")]
    [InlineData("{\"flags\":[{\"name\":\"a\",\"requires\":[null]}]}")]
    [InlineData("{\"experiments\":[null]}")]
    [InlineData("{\"experiments\":[{\"name\":\"a\"}]}")]
    [InlineData("{\"experiments\":[{\"name\":\"a\",\"variants\":null}]}")]
    [InlineData("{\"experiments\":[{\"name\":\"a\",\"variants\":[null,null]}]}")]
    [InlineData("{\"experiments\":[{\"name\":\"a\",\"variants\":[{\"name\":null,\"weight\":50},{\"name\":\"b\",\"weight\":50}]}]}")]
    public void So_is_what_is_empty_in_a_snapshot(string json) =>
        Should.Throw<AssayException>(() => Snapshot.FromJson(Encoding.UTF8.GetBytes(json))).Message.ShouldNotContain("no snapshot");

    [Fact]
    public void A_text_for_people_whose_key_has_no_value_is_as_if_it_were_left_out()
    {
        var flag = Flagging.Read("name: a\ndescription:\nowner:\nrules:\n  - name:\n    serve: on").All.Single();
        (flag.Definition.Description, flag.Definition.Owner, flag.Definition.Rules!.Single().Name).ShouldBe(("", "", ""));
        flag.Decide(default).Evaluation.Rule.ShouldBe("rule 1");
    }

    [Fact]
    public void What_a_snapshot_leaves_out_is_empty()
    {
        var snapshot = Snapshot.FromJson("{\"flags\":[{\"name\":\"a\",\"default\":\"on\"}]}"u8);
        snapshot.Flags.Evaluate("a", default).Variant.ShouldBe("on");
        (snapshot.Version, snapshot.Experiments.All.Count).ShouldBe(("", 0));
    }

    [Fact]
    public void A_name_or_text_that_is_null_is_an_answer_and_no_exception()
    {
        var flags = Flagging.Read("name: a\nrules: [{ serve: on, if: [{ attribute: x, operator: contains, values: [y] }] }]");
        flags.Evaluate(null, default).Error.ShouldBe(EvaluationError.FlagNotFound);
        flags.Explain(null, default).ShouldBeNull();
        flags.Evaluate("a", new Unit(null!, new UnitAttributes(new UnitAttribute("x", (string)null!)))).Variant.ShouldBe("off");
        ExperimentSet.Empty.Arm(null, default).ShouldBeNull();
    }
}
