using System.Text;
using Assay.Statistics.Checking;

namespace Assay.Statistics.Tests.Checking;

public sealed class CaseInputsTests
{
    [Fact]
    public void The_generator_is_the_one_of_the_reference_file()
    {
        var made = Inputs("""{"x": {"generator": {"n": 3, "c": 12345, "loc": 100, "scale": 10}}}""").Sample("x").Values.ToArray();
        // ((i * 2654435761 + c) mod 2^32) / 2^32 by Python's whole numbers.
        made.ShouldBe([106.18036861065775, 102.36070847837254, 108.54104834608734]);
        Inputs("""{"x": {"generator": {"n": 2, "c": 4294967290, "loc": 0, "scale": 1}}}""")
            .Sample("x")
            .Values.ToArray()
            .ShouldBe([0.6180339853744954, 0.23606797214597464]);
        Inputs("""{"x": {"generator": {"n": 0, "c": 1, "loc": 0, "scale": 1}}}""").Sample("x").Values.Length.ShouldBe(0);
    }

    [Fact]
    public void A_sample_has_the_moments_of_its_values()
    {
        Inputs("""{"x": [1, 2, 6]}""").Sample("x").ToMoments().Mean.ShouldBe(3);
        var (a, b) = Inputs("""{"summary": {"a": {"n": 3, "mean": 2, "sd": 4}, "b": {"n": 5, "mean": 3, "sd": 0.5}}}""").Arms();
        (a.Value.Count, a.Value.Mean, a.Value.StandardDeviation).ShouldBe((3, 2, 4));
        (b.Value.Count, b.Value.Mean, b.Value.StandardDeviation).ShouldBe((5, 3, 0.5));
        var (c, d) = Inputs("""{"a": [1, 3], "b": [5]}""").Arms();
        (c.Value.Mean, d.Value.Mean).ShouldBe((2, 5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(150_000)]
    public void Moments_of_a_generated_sample_are_those_of_its_values(int count)
    {
        var sample = Inputs($$$"""{"x": {"generator": {"n": {{{count}}}, "c": 99, "loc": -3, "scale": 7 } } }""").Sample("x");
        var (made, listed) = (sample.ToMoments(), Assay.Statistics.Samples.Moments.Of(sample.Values));
        made.Count.ShouldBe(count);
        (made.Mean, made.Min, made.Max).ShouldBe((listed.Mean, listed.Min, listed.Max));
        Math.Abs(made.Variance - listed.Variance).ShouldBeLessThanOrEqualTo(1e-13 * listed.Variance);
    }

    [Fact]
    public void Alpha_is_0_05_when_it_is_not_given()
    {
        Inputs("{}").Alpha.ShouldBe(0.05);
        Inputs("""{"alpha": 0.2}""").Alpha.ShouldBe(0.2);
    }

    [Theory]
    [InlineData("null", Alternative.TwoSided)]
    [InlineData("\"two-sided\"", Alternative.TwoSided)]
    [InlineData("\"two_sided\"", Alternative.TwoSided)]
    [InlineData("\"larger\"", Alternative.Greater)]
    [InlineData("\"greater\"", Alternative.Greater)]
    [InlineData("\"smaller\"", Alternative.Less)]
    [InlineData("\"less\"", Alternative.Less)]
    public void Alternatives_have_the_words_of_other_tools(string given, Alternative alternative) =>
        Inputs($$"""{"alternative": {{given}}}""").Alternative.ShouldBe(alternative);

    [Fact]
    public void Numbers_counts_and_tables_are_read()
    {
        var inputs = Inputs("""{"q": 0.5, "l": [1, 2], "t": [[1, 2, 3], [4, 5, 6]], "big": 9007199254740992, "z": null, "w": "word"}""");
        inputs.Numbers("q").ShouldBe([0.5]);
        inputs.Numbers("l").ShouldBe([1, 2]);
        inputs.Counts("l").ShouldBe([1L, 2L]);
        inputs.Count("big").ShouldBe(9_007_199_254_740_992);
        inputs.Table("t").Cast<long>().ShouldBe([1, 2, 3, 4, 5, 6]);
        inputs.Table("t").GetLength(0).ShouldBe(2);
        inputs.OptionalNumber("z").ShouldBeNull();
        inputs.OptionalNumber("nowhere").ShouldBeNull();
        inputs.Text("z").ShouldBeNull();
        inputs.Text("w").ShouldBe("word");
        inputs.Has("z").ShouldBeFalse();
        inputs.Has("q").ShouldBeTrue();
        Inputs("""{"rows": []}""").Rows("rows").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("inputs.x is missing", "{}")]
    [InlineData("inputs.x is missing", """{"x": null}""")]
    [InlineData("inputs.x is not a finite number", """{"x": "NaN"}""")]
    [InlineData("inputs.x is not a finite number", """{"x": [1]}""")]
    public void A_number_is_needed(string problem, string json) => Refuses(problem, () => Inputs(json).Number("x"));

    [Theory]
    [InlineData("inputs.x is not a whole number up to 2^53", """{"x": 1.5}""")]
    [InlineData("inputs.x is not a whole number up to 2^53", """{"x": 9007199254740994}""")]
    [InlineData("inputs.x is not a whole number up to 2^53", """{"x": -9007199254740994}""")]
    public void A_count_is_needed(string problem, string json) => Refuses(problem, () => Inputs(json).Count("x"));

    [Theory]
    [InlineData("inputs.x is missing", "{}")]
    [InlineData("inputs.x is not a list of numbers", """{"x": "a"}""")]
    [InlineData("inputs.x is not a list of numbers", """{"x": null}""")]
    [InlineData("inputs.x[1] is not a number", """{"x": [1, null, 2]}""")]
    public void Numbers_are_needed(string problem, string json) => Refuses(problem, () => Inputs(json).Numbers("x"));

    [Theory]
    [InlineData("inputs.x[1] is not a whole number up to 2^53", """{"x": [1, 0.5]}""")]
    public void Counts_are_needed(string problem, string json) => Refuses(problem, () => Inputs(json).Counts("x"));

    [Theory]
    [InlineData("inputs.x is missing", "{}")]
    [InlineData("inputs.x[2] is not a number", """{"x": [1, 2, "many"]}""")]
    [InlineData("inputs.x is neither a list of numbers nor a generator", """{"x": 5}""")]
    [InlineData("inputs.x.generator is not an object", """{"x": {}}""")]
    [InlineData("inputs.x.generator.n is missing", """{"x": {"generator": {}}}""")]
    [InlineData("inputs.x.generator.n is not from 0 to 200000000", """{"x": {"generator": {"n": 200000001}}}""")]
    [InlineData("inputs.x.generator.n is not from 0 to 200000000", """{"x": {"generator": {"n": -1}}}""")]
    [InlineData("inputs.x.generator.c is missing", """{"x": {"generator": {"n": 1}}}""")]
    public void A_sample_is_needed(string problem, string json) => Refuses(problem, () => Inputs(json).Sample("x"));

    [Theory]
    [InlineData("inputs.x is not a list of rows of counts", """{"x": [1, 2]}""")]
    [InlineData("inputs.x is not a list of rows of counts", """{"x": []}""")]
    [InlineData("inputs.x is not a list of rows of counts", """{"x": [[1], "a"]}""")]
    [InlineData("inputs.x[1] has 1 counts, the first row has 2", """{"x": [[1, 2], [3]]}""")]
    [InlineData("inputs.x[1][0] is not a whole number up to 2^53", """{"x": [[1, 2], [0.5, 3]]}""")]
    public void A_table_is_needed(string problem, string json) => Refuses(problem, () => Inputs(json).Table("x"));

    [Theory]
    [InlineData("inputs.x is not a list of objects", "{}")]
    [InlineData("inputs.x is not a list of objects", """{"x": [1]}""")]
    [InlineData("inputs.x[1] is not an object", """{"x": [{}, 1]}""")]
    public void Rows_are_needed(string problem, string json) => Refuses(problem, () => Inputs(json).Rows("x"));

    [Fact]
    public void Words_are_needed()
    {
        Refuses("inputs.alternative is not two-sided, larger or smaller", () => Inputs("""{"alternative": "up"}""").Alternative);
        Refuses("inputs.x is not a text", () => Inputs("""{"x": 1}""").Text("x"));
        Refuses("inputs.rows[0].x is missing", () => Inputs("""{"rows": [{"fn": "t_sf"}]}""").Rows("rows")[0].Number("x"));
        Refuses("inputs.summary.b is not an object", () => Inputs("""{"summary": {"a": {"n": 1, "mean": 1, "sd": 0}}}""").Arms());
    }

    private static void Refuses(string problem, Func<object?> read) => Should.Throw<MalformedCaseException>(() => read()).Message.ShouldBe(problem);

    private static CaseInputs Inputs(string json) => new((ReferenceObject)ReferenceParser.Parse(Encoding.UTF8.GetBytes(json)));
}
