using Assay.Experimentation.Exposures;
using Assay.Experimentation.Hosting;
using Assay.Flags;
using Assay.Rag.Answering;
using Assay.Rag.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Experiments;

/// <summary>The code of docs/guide/flags.md and docs/guide/experiments.md, so that it compiles. <see cref="GuidedFlagsTests"/> compares them.</summary>
internal static class GuidedFlags
{
    public static WebApplication OneLine(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddAssayExperimentation();
        var app = builder.Build();
        app.UseAssayUnits(UnitOf.Claim("sub"));
        return app;
    }

    public static void OwnUnits(WebApplication app)
    {
        app.UseAssayUnits(context => new Unit(
            context.User.FindFirst("sub")?.Value ?? "",
            new UnitAttributes(new UnitAttribute("plan", context.User.FindFirst("plan")?.Value ?? "free"))
        ));
    }

    public static void Asking(WebApplication app)
    {
        app.MapPost(
            "/search",
            (SearchRequest request, IFlagReader flags, RequestUnit unit) => flags.IsEnabled("new_ranking", unit) ? SearchNew(request) : Search(request)
        );
    }

    public static string Recording(IExperiments experiments, RequestUnit unit, string question)
    {
        var variant = experiments.Assign("reranker_model_test", unit); // null: the unit takes no part
        var answer = variant == "treatment" ? Reranked(question) : Fused(question);
        experiments.Record("reranker_model_test", unit, "latency_ms", 45.2);
        experiments.Record("reranker_model_test", unit, "relevance", 0.92);
        return answer;
    }

    public static string RecordingFaults(IExperiments experiments, RequestUnit unit, string question)
    {
        var variant = experiments.Assign("reranker_model_test", unit); // null: the unit takes no part
        var answer = variant == "treatment" ? Reranked(question) : Fused(question);
        experiments.Record("reranker_model_test", unit, "relevance", 0.92);
        experiments.Record("reranker_model_test", unit, "failed", 0);
        return answer;
    }

    public static void Health(WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddAssayFlags(staleAfter: TimeSpan.FromMinutes(5));
    }

    public static void WithoutHub(WebApplicationBuilder builder)
    {
        builder.AddAssayExperimentation(options => options.Catalog = "catalog");
    }

    public static FoundPassages Stages(RagAnswers answers, IFlagReader flags, Unit unit, string question)
    {
        var found = answers.Find(question, RagToggles.Of(flags, unit));
        return found;
    }

    private static string SearchNew(SearchRequest request) => "new " + request.Text;

    private static string Search(SearchRequest request) => request.Text;

    private static string Reranked(string question) => "reranked " + question;

    private static string Fused(string question) => "fused " + question;
}

/// <summary>What a service is asked.</summary>
internal sealed record SearchRequest(string Text);
