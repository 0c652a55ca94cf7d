using System.Diagnostics;
using Assay.Observability.Hosting;
using Assay.Observability.Logging;
using Assay.Observability.Metrics;
using Assay.Observability.Tracing;
using Assay.Prices;
using Microsoft.AspNetCore.Builder;

namespace Assay.Tests.Observability.Hosting;

/// <summary>The code of docs/guide/instrument-a-service.md, so that it compiles and runs. <see cref="GuideTests"/> compares the two.</summary>
internal static class GuidedService
{
    public static WebApplication OneLine(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddAssayObservability();
        var app = builder.Build();
        return app;
    }

    public static void OwnSources(WebApplicationBuilder builder)
    {
        builder.AddAssayObservability(options => options.TraceSources = ["Orders"]);
    }

    public static void OwnSpan(ActivitySource source)
    {
        using var price = source.Operation("orders.price");
        price.Set("items", 3);
    }

    public static void ModelCall(GenAiSpans spans)
    {
        using var call = spans.StartChat("gpt-5-mini", "openai");
        call.AskedBy("answer", "3");
        call.Used(new TokenUsage(Input: 812, CachedInput: 256, CacheWrite: 0, Output: 96, Reasoning: 0));
        call.Finished("stop");
    }

    public static void Quality(GenAiSpans spans, QualityRecorder quality, string question)
    {
        var clean = spans.Tool("pii_filter", () => Redactor.Redact(question));
        quality.RecordQualityScore("relevance", 0.92, "judge", "cites the passage that answers");
        quality.RecordGuardrail("pii_filter", triggered: clean != question);
    }

    public static void Rating(QualityRecorder quality, ActivityContext answered)
    {
        quality.RecordRating(value: 1, of: answered, comment: "solved it");
    }

    public static LocalReport WithoutHub()
    {
        var figures = new LocalFigures();
        using (figures.Time("retrieval"))
        {
            figures.RecordScore("relevance", 0.92);
        }

        var report = figures.Read();
        return report;
    }
}
