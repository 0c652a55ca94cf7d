using System.Collections;
using Assay.Flags;
using Assay.Models;
using Assay.Models.Calls;
using Assay.Observability.Metrics;
using Assay.Rag.Answering;

namespace RagService.Asking;

/// <summary>Where passages are found: in the usual index, and, for those to whom a flag gives it, in one whose vectors an embedding provider under trial made.</summary>
internal sealed class Search(RagAnswers usual, RagAnswers? tried, IFlagReader flags) : IDisposable
{
    /// <summary>The flag of <c>catalog/flags/embedding_provider.yaml</c>.</summary>
    public const string Flag = "embedding_provider";

    /// <summary>Opens the indexes, and builds them first where there are none.</summary>
    public static async Task<Search> OpenAsync(AskOptions options, IServiceProvider services)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "");
        var models = new RagModels
        {
            Reranker = options.Reranker is { } reranker
                ? Choice(reranker, options.RerankerModel, options.RerankerKey, usesOpenAiKey: false).Connect(environment)
                : null,
            QueryBudget = TimeSpan.FromMilliseconds(options.ModelsWithinMs),
        };
        var usual = await OpenAsync(options.DataFolder, models, options, services);
        var tried = options.TriedEmbeddings is { } embeddings
            ? await OpenAsync(
                options.DataFolder + "-tried",
                models with
                {
                    Embeddings = Choice(embeddings, options.TriedEmbeddingsModel, options.TriedEmbeddingsKey, usesOpenAiKey: true).Connect(environment),
                },
                options,
                services
            )
            : null;
        return new Search(usual, tried, services.GetRequiredService<IFlagReader>());
    }

    /// <summary>The search for whoever asks. Where no provider is tried the flag is not asked: nobody takes part in what does not happen.</summary>
    public SearchChoice For(in Unit unit) =>
        tried is not null && flags.IsEnabled(Flag, unit) ? new SearchChoice("tried", tried) : new SearchChoice("usual", usual);

    public void Dispose()
    {
        usual.Dispose();
        tried?.Dispose();
    }

    private static Task<RagAnswers> OpenAsync(string folder, RagModels models, AskOptions options, IServiceProvider services) =>
        RagAnswers.OpenAsync(
            new RagCorpus([options.Documents], folder)
            {
                Models = models,
                Loggers = services.GetRequiredService<ILoggerFactory>(),
                Time = services.GetRequiredService<TimeProvider>(),
            },
            services.GetRequiredService<GenAiSpans>()
        );

    // Who asks waits: what does not answer at once is asked once more, and then the stage does without.
    private static ModelChoice Choice(string address, string model, string? key, bool usesOpenAiKey) =>
        new(address, model)
        {
            KeyVariable = key,
            UsesOpenAiKey = usesOpenAiKey,
            Limits = new CallLimits { MaxRetries = 1 },
        };
}

/// <summary>A search.</summary>
/// <param name="Name">What answers of it are told apart by.</param>
/// <param name="Answers">The search.</param>
internal sealed record SearchChoice(string Name, RagAnswers Answers);
