namespace Assay.Evaluation.Tests.Metrics.Texts;

public sealed class RegexMatchTests
{
    [Theory]
    [InlineData(@"{kind: regex, pattern: '^\d{4}$'}", "2026", 1)]
    [InlineData(@"{kind: regex, pattern: '^\d{4}$'}", "in 2026", 0)]
    [InlineData("{kind: regex, pattern: париж, ignoreCase: true}", "ПАРИЖ", 1)]
    [InlineData("{kind: regex, pattern: париж}", "ПАРИЖ", 0)]
    [InlineData("{kind: regex, pattern: й, absent: true}", "и\u0306", 0)]
    [InlineData("{kind: regex, pattern: sorry, absent: true}", "", 1)]
    public void A_pattern_is_looked_for_anywhere(string yaml, string answer, double score)
    {
        Metric.Of(yaml).Score(null, answer).ShouldBe(score);
    }

    [Theory]
    [InlineData("'(a'", "Not enough )'s")]
    [InlineData("'(?=a)b'", "lookahead")]
    [InlineData(@"'(a)\1'", "backreference")]
    [InlineData("'((a{1000}){1000}){1000}'", "linear time")]
    public void A_bad_pattern_is_an_error_with_its_line(string pattern, string problem)
    {
        var error = Should.Throw<AssayException>(() => Metric.Of($"\nkind: regex\npattern: {pattern}")).Message;
        error.ShouldContain("bench.yaml:2:");
        error.ShouldContain(problem);
    }

    [Fact]
    public void A_pattern_that_would_backtrack_for_ever_ends_on_a_megabyte()
    {
        Metric.Of("{kind: regex, pattern: '^(a+)+$'}").Score(null, new string('a', 1 << 20) + "!").ShouldBe(0);
    }
}
