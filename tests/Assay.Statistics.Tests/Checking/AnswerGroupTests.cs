using Assay.Statistics.Checking;
using Assay.Statistics.Planning;

namespace Assay.Statistics.Tests.Checking;

public sealed class AnswerGroupTests
{
    private static readonly MethodName Method = new("a method", "nobody, 2001");

    [Fact]
    public void An_answer_is_worked_out_once_and_only_when_asked_for()
    {
        var asked = 0;
        var group = new AnswerGroup().Add("x", () => Answer.Of(++asked)).Add("y", () => throw new NotSupportedException());
        asked.ShouldBe(0);
        group.Find("x").ShouldBe(new NumberAnswer(1));
        group.Find("x").ShouldBe(new NumberAnswer(1));
        group.Find("z").ShouldBeNull();
        Should.Throw<NotSupportedException>(() => group.Find("y"));
    }

    [Fact]
    public void The_first_answer_to_a_name_stays() => new AnswerGroup().Add("x", 1).Add("x", 2).Find("x").ShouldBe(new NumberAnswer(1));

    [Fact]
    public void Patterns_answer_names_that_no_field_has()
    {
        var group = new AnswerGroup()
            .Add("at_1", 7)
            .AddPattern(n => n == "odd" ? throw AssayException.Usage("refused", "ask less") : null)
            .AddPattern(n => n.StartsWith("at_", StringComparison.Ordinal) ? Answer.Of(n.Length) : null);
        group.Find("at_1").ShouldBe(new NumberAnswer(7));
        group.Find("at_22").ShouldBe(new NumberAnswer(5));
        group.Find("on_22").ShouldBeNull();
        group.Find("odd").ShouldBe(new AbsentAnswer("refused"));
    }

    [Fact]
    public void A_computed_result_gives_its_fields_and_a_refused_one_its_reason()
    {
        var result = Method.Result(2, 10) with { P = PValue.FromLog(-4.605170185988091), Interval = new Interval(1, null, 0.95), StandardError = double.NaN };
        var group = Fields(result);
        group.Find("estimate").ShouldBe(new NumberAnswer(2));
        group.Find("p").ShouldBeOfType<NumberAnswer>().Value.ShouldBe(0.01, 1e-16);
        group.Find("log10_p").ShouldBeOfType<NumberAnswer>().Value.ShouldBe(-2, 1e-15);
        group.Find("ci_low").ShouldBe(new NumberAnswer(1));
        group.Find("ci_high").ShouldBe(new AbsentAnswer("the method has no such value here"));
        group.Find("se").ShouldBe(new AbsentAnswer("the value is NaN, not a number"));
        group.Find("df").ShouldBeOfType<AbsentAnswer>();

        var refused = Fields(Method.NotComputable("no variance"));
        foreach (var name in (string[])["estimate", "p", "log10_p", "ci_low", "ci_high", "se"])
        {
            refused.Find(name).ShouldBe(new AbsentAnswer("no variance"));
        }
    }

    [Fact]
    public void A_result_of_another_type_has_no_such_fields() =>
        Fields(new PowerPlan("other", "nobody")).Find("estimate").ShouldBeOfType<BrokenAnswer>().Reason.ShouldContain("other gives a PowerPlan");

    [Fact]
    public void An_interval_has_two_ends_or_none()
    {
        Answer.Of(new Interval(1, 2, 0.95)).ShouldBeOfType<ListAnswer>().Items.ShouldBe([new NumberAnswer(1), new NumberAnswer(2)]);
        Answer.Of((Interval?)null).ShouldBe(new AbsentAnswer("the method has no interval here"));
    }

    private static AnswerGroup Fields(StatisticResult result)
    {
        var lazy = new Lazy<StatisticResult>(() => result);
        return new AnswerGroup()
            .Add("estimate", lazy, r => r.Estimate)
            .Add("se", lazy, r => r.StandardError)
            .Add("df", lazy, r => r.DegreesOfFreedom)
            .AddP("p", lazy)
            .AddEnds(lazy);
    }
}
