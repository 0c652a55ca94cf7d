using Assay.Releases.Canaries;
using Assay.Releases.Files;

namespace Assay.Releases.Tests.Canaries;

public sealed class CanarySourceTests
{
    [Theory]
    [InlineData("fallback rerank", "rag.rerank", null)]
    [InlineData("fallback  rerank   model_timeout", "rag.rerank", "model_timeout")]
    [InlineData("fallback my.reranker", "my.reranker", null)]
    [InlineData("fallback my.reranker too_slow", "my.reranker", "too_slow")]
    public void A_stage_is_named_by_its_word_or_by_its_span(string read, string span, string? reason)
    {
        var source = Source(read);
        source.Name.ShouldBe(span);
        source.Reason.ShouldBe(reason);
        source.Kind.ShouldBe(CanarySourceKind.Fallback);
    }

    [Theory]
    [InlineData("fallback rerank timeout", "The stage rerank never falls back for 'timeout'", "model_timeout")]
    [InlineData("fallback rerank model_timeout twice", "read is 'fallback rerank model_timeout twice'", "fallback STAGE REASON")]
    public void What_would_watch_nothing_is_refused(string read, string problem, string fix)
    {
        var error = Should.Throw<AssayException>(() => Source(read));
        error.ExitCode.ShouldBe(ExitCode.WrongUsage);
        error.Message.ShouldContain(problem);
        error.Fix.ShouldContain(fix);
    }

    private static CanarySource Source(string read)
    {
        var file = ReleaseCatalog.Parse(
            $$"""
            name: shop
            service: shop
            gate: { evidence: [{ slo: all }] }
            canary:
              split: { flag: search }
              watch: [{ name: fallbacks, read: {{read}}, margin: 0.02 }]
            """,
            "shop.yaml"
        );
        var plan = CanaryPlan.Of(file, "1.9.0");
        return CanarySource.Of(plan.Metrics[0], file.Canary!.Watch[0].Place);
    }
}
