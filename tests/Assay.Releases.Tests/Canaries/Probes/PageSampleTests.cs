using Assay.Releases.Canaries.Probes;

namespace Assay.Releases.Tests.Canaries.Probes;

public sealed class PageSampleTests
{
    private static readonly Dictionary<string, string> None = [];

    [Theory]
    [InlineData("up 1", 1.0)]
    [InlineData("up 1.5e3", 1_500.0)]
    [InlineData("  up\t-2  1700000000000", -2.0)]
    [InlineData("up{} 3", 3.0)]
    [InlineData("up {job=\"a\"} 4", 4.0)]
    [InlineData("# HELP up 9\n# TYPE up gauge\nup 5\r\n# EOF\n", 5.0)]
    [InlineData("up_total 9\nupper 9\nup 6 # {trace_id=\"up 9\"} 9", 6.0)]
    [InlineData("this is no line of a page\nup{job=\"}, up=\\\"9\\\"\"} 7", 7.0)]
    public void One_sample_is_found_among_other_lines(string page, double value) =>
        PageSample.Find(page, "up", None).ShouldBe(new ProbeAnswer(Problem: null) { Value = value });

    [Theory]
    [InlineData("job", "a", 1.0)]
    [InlineData("job", "b", 2.0)]
    [InlineData("path", "C:\\x \"y\"\nz", 3.0)]
    public void Labels_tell_samples_of_one_name_apart(string label, string value, double found) =>
        PageSample
            .Find(
                """
                up{job="a",zone="1"} 1
                up{zone="1", job = "b",} 2
                up{zone="1",path="C:\\x \"y\"\nz"} 3
                up 4
                """.ReplaceLineEndings("\n"),
                "up",
                new Dictionary<string, string> { [label] = value }
            )
            .Value.ShouldBe(found);

    [Theory]
    [InlineData("up{job=\"b\"} 1")]
    [InlineData("up 1")]
    [InlineData("up{job=a} 1")]
    [InlineData("up{job=\"a} 1")]
    [InlineData("up{job=\"a\" 1")]
    [InlineData("up{job")]
    [InlineData("up{")]
    public void A_sample_without_the_labels_is_another(string page) =>
        PageSample.Find(page, "up", new Dictionary<string, string> { ["job"] = "a" }).Problem.ShouldBe("the page has no up with these labels");
}
