using System.Text;
using Assay.Statistics.Checking;

namespace Assay.Statistics.Tests.Checking;

public sealed class CaseTallyTests
{
    private static readonly MethodName Method = new("a method", "nobody, 2001");

    [Theory]
    [InlineData("1", 1.0000000009, true)]
    [InlineData("1", 1.0000000011, false)]
    [InlineData("-2", -2.0000000019, true)]
    [InlineData("-2", 2, false)]
    [InlineData("1e-3", 1.000000002e-3, false)]
    [InlineData("0", 1e-15, true)]
    [InlineData("0", -1e-15, true)]
    [InlineData("0", 1.1e-15, false)]
    [InlineData("1e-7", 1.000000009e-7, true)]
    public void Numbers_agree_within_the_tolerance_or_the_floor(string expected, double got, bool agree) =>
        (Tally($$"""{"x": {{expected}}}""", g => g.Add("x", got)).OffCount == 0).ShouldBe(agree);

    [Theory]
    [InlineData("p", "1e-146", 0, false)]
    [InlineData("p_two_sided", "1e-146", 1.000000001e-146, true)]
    [InlineData("p_two_sided", "1e-146", 1.0000000011e-146, false)]
    [InlineData("p", "1e-20", 1.1e-20, false)]
    [InlineData("adjusted", "1e-20", 1.1e-20, false)]
    [InlineData("fisher_exact_p_two_sided", "1e-20", 1.1e-20, false)]
    [InlineData("x", "1e-20", 1.1e-20, true)]
    [InlineData("log10_p", "-1e-20", -1.1e-20, true)]
    [InlineData("p", "0", 1e-15, true)]
    [InlineData("p", "0", 1.1e-15, false)]
    [InlineData("p", "5e-320", 5.0e-320, true)]
    [InlineData("p", "5e-320", 5.02e-320, false)]
    public void No_probability_is_near_nothing(string name, string expected, double got, bool agree) =>
        (Tally($$"""{"{{name}}": {{expected}}}""", g => g.Add(name, got)).OffCount == 0).ShouldBe(agree);

    [Fact]
    public void A_probability_of_the_smallest_doubles_may_miss_one_unit()
    {
        var right = 5e-320;
        Off(Math.BitIncrement(right)).ShouldBe(0);
        Off(Math.BitDecrement(right)).ShouldBe(0);
        Off(Math.BitIncrement(Math.BitIncrement(right))).ShouldBe(1);
        // The smallest normal number has no such right.
        Tally("""{"p": 2.2250738585072014e-308}""", g => g.Add("p", Math.BitIncrement(2.2250738585072014e-308)), 1e-17).OffCount.ShouldBe(1);

        int Off(double got) => Tally("""{"p": 5e-320}""", g => g.Add("p", got)).OffCount;
    }

    [Theory]
    [InlineData("""{"q": 1e-40, "log10_q": -40}""", 1)]
    [InlineData("""{"q": 1e-40, "log10_q": null}""", 0)]
    [InlineData("""{"q": 1e-40}""", 0)]
    [InlineData("""{"value": 1e-40, "log10": -40}""", 1)]
    [InlineData("""{"value": 1e-40, "log10": null}""", 0)]
    [InlineData("""{"q": 1e-40, "log10": -40}""", 0)]
    public void A_logarithm_beside_it_makes_a_probability(string expected, int off)
    {
        Answer log = expected.Contains("-40}", StringComparison.Ordinal) ? new NumberAnswer(-40) : new AbsentAnswer("none");
        Tally(expected, g => g.Add("q", 0).Add("value", 0).Add("log10_q", log).Add("log10", log)).OffCount.ShouldBe(off);
    }

    [Fact]
    public void The_worst_relative_error_is_kept_with_its_field()
    {
        var tally = Tally(
            """{"a": 1, "b": {"c": [1, 2.5]}, "d": 1, "e": true}""",
            g => g.Add("a", 1.0000000005).Add("b", new AnswerGroup().Add("c", Answer.Of([1, 2.0]))).Add("d", 1.1).Add("e", Answer.Of(flag: false))
        );
        tally.Worst.ShouldBe(new CheckedField("b.c[1]", 2.5, 2.0, 0.2, "expected 2.5, got 2"));
        tally.Off.Select(f => f.Field).ShouldBe(["b.c[1]", "d", "e"]);
        tally.Off[2].ShouldBe(new CheckedField("e", null, null, null, "expected true, got false"));
        tally.Compared.ShouldBe(5);
        tally.OffCount.ShouldBe(3);
    }

    [Fact]
    public void An_unmeasured_fault_is_the_worst_only_where_nothing_is_measured()
    {
        Tally("""{"a": true, "b": false}""", g => g.Add("a", Answer.Of(flag: true)).Add("b", Answer.Of(flag: true))).Worst!.Field.ShouldBe("b");
        Tally("""{"b": false, "a": 1}""", g => g.Add("a", 1.0).Add("b", Answer.Of(flag: true))).Worst!.Field.ShouldBe("a");
        Tally("""{"a": 0}""", g => g.Add("a", 0.5)).Worst.ShouldBe(new CheckedField("a", 0, 0.5, null, "expected 0, got 0.5"));
    }

    [Fact]
    public void Twenty_faults_are_named_and_all_are_counted()
    {
        var tally = Tally($$"""{"x": [{{string.Join(',', Enumerable.Repeat("1", 25))}}]}""", g => g.Add("x", Answer.Of(Enumerable.Repeat(2.0, 25))));
        tally.OffCount.ShouldBe(25);
        tally.Off.Count.ShouldBe(20);
        tally.Compared.ShouldBe(25);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"-Infinity\"")]
    [InlineData("[\"NaN\", \"NaN\"]")]
    [InlineData("[null, null]")]
    public void No_value_is_met_by_no_value_and_never_by_a_number(string expected)
    {
        Tally($$"""{"x": {{expected}}}""", g => g.Add("x", new AbsentAnswer("too few"))).OffCount.ShouldBe(0);
        var tally = Tally($$"""{"x": {{expected}}}""", g => g.Add("x", expected.StartsWith('[') ? Answer.Of([1, 2]) : new NumberAnswer(1)));
        tally.OffCount.ShouldBe(expected.StartsWith('[') ? 2 : 1);
        tally.Off[0].Problem.ShouldBe("no value is expected, got 1");
        tally.Off[0].Got.ShouldBe(1);
    }

    [Theory]
    [InlineData("1", "no value: too few")]
    [InlineData("[1, \"NaN\"]", "no value: too few")]
    [InlineData("[]", "no value: too few")]
    [InlineData("true", "no value: too few")]
    [InlineData("[1, null]", "no value: too few")]
    public void A_value_is_not_met_by_no_value(string expected, string problem)
    {
        var off = Tally($$"""{"x": {{expected}}}""", g => g.Add("x", new AbsentAnswer("too few"))).Off.ShouldHaveSingleItem();
        off.Problem.ShouldBe(problem);
        off.Expected.ShouldBe(expected == "1" ? 1 : null);
    }

    [Fact]
    public void A_number_that_may_be_left_out_is_met_by_both()
    {
        var answer = new NumberAnswer(0.5, OrNothing: true);
        Tally("""{"x": null}""", g => g.Add("x", answer)).OffCount.ShouldBe(0);
        Tally("""{"x": "NaN"}""", g => g.Add("x", answer)).OffCount.ShouldBe(0);
        Tally("""{"x": 0.5}""", g => g.Add("x", answer)).OffCount.ShouldBe(0);
        Tally("""{"x": 0.6}""", g => g.Add("x", answer)).OffCount.ShouldBe(1);
    }

    [Theory]
    [InlineData("[1, 2]", "2 values are expected, got 3")]
    [InlineData("[1, 2, 3, 4]", "4 values are expected, got 3")]
    [InlineData("7", "expected a number, got a list")]
    [InlineData("\"word\"", "expected a text, got a list")]
    [InlineData("true", "expected true or false, got a list")]
    [InlineData("{}", "expected fields, got a list")]
    [InlineData("null", "expected no value, got a list")]
    public void Shapes_must_be_the_same(string expected, string problem) =>
        Tally($$"""{"x": {{expected}}}""", g => g.Add("x", Answer.Of([1, 2, 3]))).Off.ShouldHaveSingleItem().Problem.ShouldBe(problem);

    [Fact]
    public void Every_answer_has_a_word()
    {
        Problem(new NumberAnswer(1)).ShouldBe("expected a list, got a number");
        Problem(new TextAnswer("x")).ShouldBe("expected a list, got a text");
        Problem(Answer.Of(flag: true)).ShouldBe("expected a list, got true or false");
        Problem(new AnswerGroup()).ShouldBe("expected a list, got fields");

        static string? Problem(Answer answer) => Tally("""{"x": [1, true]}""", g => g.Add("x", answer)).Off.ShouldHaveSingleItem().Problem;
    }

    [Fact]
    public void Texts_are_compared_letter_by_letter()
    {
        Tally("""{"x": "a"}""", g => g.Add("x", new TextAnswer("a"))).OffCount.ShouldBe(0);
        Tally("""{"x": "a"}""", g => g.Add("x", new TextAnswer("A"))).Off[0].Problem.ShouldBe("expected 'a', got 'A'");
    }

    [Fact]
    public void What_other_tools_say_is_passed_by_and_what_nobody_knows_is_named()
    {
        var tally = Tally(
            """{"scipy_p": 1, "statsmodels_p": 1, "scipy": 1, "note": "x", "source": 2, "a": {"scipy_x": 1, "new": 3}, "scipyp": 1}""",
            g => g.Add("a", new AnswerGroup())
        );
        tally.Unknown.ShouldBe(["a.new", "scipyp"]);
        tally.Compared.ShouldBe(0);
        tally.Worst.ShouldBeNull();
    }

    [Fact]
    public void Degenerate_is_met_by_a_result_that_was_not_computable()
    {
        Lazy<StatisticResult> computed = new(() => Method.Result(1, 2));
        Lazy<StatisticResult> refused = new(() => Method.NotComputable("no variance"));
        Lazy<StatisticResult> thrown = new(() => throw AssayException.Usage("alpha is 2", "give less"));
        Off("true", computed).ShouldBe(1);
        Off("true", refused).ShouldBe(0);
        Off("true", thrown).ShouldBe(0);
        Off("false", computed).ShouldBe(0);
        Off("false", refused).ShouldBe(1);

        static int Off(string expected, Lazy<StatisticResult> result) => Tally($$"""{"degenerate": {{expected}}}""", g => g.AddDegenerate(result)).OffCount;
    }

    [Fact]
    public void A_whole_test_may_be_expected_to_have_no_value()
    {
        Tally("""{"welch": null}""", g => g.Add("welch", new AnswerGroup().AddDegenerate(new(() => Method.NotComputable("x"))))).OffCount.ShouldBe(0);
        Tally("""{"welch": null}""", g => g.Add("welch", new AnswerGroup().AddDegenerate(new(() => Method.Result(1, 2)))))
            .Off[0]
            .Problem.ShouldBe("no value is expected, but the method computes");
        Tally("""{"welch": null}""", g => g.Add("welch", new AnswerGroup())).OffCount.ShouldBe(1);
    }

    [Fact]
    public void A_method_that_breaks_is_right_for_nothing()
    {
        foreach (var expected in (string[])["null", "\"NaN\"", "1"])
        {
            var off = Tally($$"""{"x": {{expected}}}""", g => g.Add("x", () => throw new DivideByZeroException("by 0"))).Off.ShouldHaveSingleItem();
            off.Problem.ShouldBe("the method broke: DivideByZeroException: by 0");
        }

        Tally("""{"degenerate": true}""", g => g.AddDegenerate(new(() => throw new OverflowException("x")))).OffCount.ShouldBe(1);
        Should.Throw<NotSupportedException>(() => Tally("""{"x": 1}""", g => g.Add("x", () => throw new NotSupportedException())));
    }

    internal static CaseTally Tally(string expected, Func<AnswerGroup, AnswerGroup> answers, double tolerance = 1e-9)
    {
        var tally = new CaseTally(tolerance);
        tally.CompareFields("", (ReferenceObject)ReferenceParser.Parse(Encoding.UTF8.GetBytes(expected)), answers(new AnswerGroup()));
        return tally;
    }
}
