using Assay.Evaluation.Benchmarks;

namespace Assay.Evaluation.Tests.Benchmarks;

public sealed class BenchmarkCheckTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("http: { url: 'http://127.0.0.1:1/ask', timeoutSeconds: ", "0")]
    [InlineData("http: { url: 'http://127.0.0.1:1/ask', timeoutSeconds: ", "-5")]
    [InlineData("http: { url: 'http://127.0.0.1:1/ask', timeoutSeconds: ", "1e12")]
    [InlineData("http: { url: 'http://127.0.0.1:1/ask', timeoutSeconds: ", ".nan")]
    [InlineData("process: { command: [cat], timeoutSeconds: ", "0")]
    [InlineData("process: { command: [cat], timeoutSeconds: ", "3601")]
    public void A_time_out_that_is_none_is_refused_with_its_line(string target, string seconds)
    {
        var thrown = Should.Throw<AssayException>(() => Read($"{target}{seconds} }}"));
        thrown.ExitCode.ShouldBe(ExitCode.WrongUsage);
        thrown.Message.ShouldContain("b.yaml:");
        thrown.Message.ShouldContain("'timeoutSeconds: ");
        thrown.Fix.ShouldBe("Write seconds above 0, at most 3600.");
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("3600")]
    public void A_time_out_within_an_hour_is_taken(string seconds)
    {
        Read($"process: {{ command: [cat], timeoutSeconds: {seconds} }}").Name.ShouldBe("b");
        Read($"http: {{ url: 'http://127.0.0.1:1/ask', timeoutSeconds: {seconds} }}").Name.ShouldBe("b");
    }

    private BenchmarkFile Read(string target) =>
        BenchmarkCatalog.Find(folder.Write("b.yaml", $"name: b\ndataset: qa.jsonl\ntarget:\n  {target}\nmetrics:\n  - kind: exact\n"), folder.File("catalog"));
}
