using System.Collections.Concurrent;
using Assay.Observability.Metrics;
using Assay.Rag.Gpu;
using Assay.Rag.Live;
using Assay.Rag.Retrieving;
using Assay.Rag.Settings;
using Assay.Rag.Storage;
using Assay.Telemetry;

namespace Assay.Rag.Answering;

/// <summary>
/// Answers questions from documents, inside a service: finds passages (spans <c>rag.query</c> and its stages) and quotes the sentences that answer.
/// Safe for several threads.
/// </summary>
public sealed class RagAnswers : IDisposable
{
    // Each keeps buffers as long as the index has chunks; more than there are processors are of no use for long.
    private static readonly int MostIdle = Environment.ProcessorCount;

    /// <summary>Ways of switching stages whose retrievers are kept: three stages, each on, off or as it was, and a few who say so.</summary>
    private const int MostToggled = 32;

    private readonly RagIndex index;
    private readonly ResolvedSettings settings;
    private readonly RagTelemetry telemetry;
    private readonly GenAiSpans? models;
    private readonly ConnectedModels connected;
    private readonly ConcurrentBag<Retriever> idle = [];
    private readonly ConcurrentDictionary<RagToggles, ConcurrentBag<Retriever>> toggled = [];

    private RagAnswers(RagIndex index, ResolvedSettings settings, RagTelemetry telemetry, GenAiSpans? models, ConnectedModels connected)
    {
        this.connected = connected;
        this.index = index;
        this.settings = settings;
        this.telemetry = telemetry;
        this.models = models;
    }

    /// <summary>Documents in the index.</summary>
    public int Documents => index.Manifest.Documents;

    /// <summary>Passages in the index.</summary>
    public int Passages => index.Chunks.Count;

    /// <summary>Opens the index, and builds it first where there is none.</summary>
    /// <param name="corpus">Documents, folder and settings.</param>
    /// <param name="models">Gets a span for each call to the model that makes vectors; null for none.</param>
    /// <param name="cancellationToken">Ends the building.</param>
    /// <exception cref="AssayException">
    /// No document could be read, a setting is wrong, the index is damaged or was made with vectors of another model (exit code 2); the folder cannot be written (exit code 4).
    /// </exception>
    /// <exception cref="Assay.Models.Calls.ModelCallException">The index is built, and the model that makes its vectors gave no answer.</exception>
    public static async Task<RagAnswers> OpenAsync(RagCorpus corpus, GenAiSpans? models = null, CancellationToken cancellationToken = default)
    {
        var settings = ResolvedSettings.Resolve(configuration: null, corpus.Settings, []);
        var telemetry = new RagTelemetry(TelemetryRegistry.Default, corpus.Time ?? TimeProvider.System, corpus.Loggers);
        var connected = ConnectedModels.To(corpus.Models, models, telemetry.Time);
        try
        {
            if (!IndexFolder.IsThere(corpus.Folder))
            {
                await BuildAsync(corpus, settings, telemetry, connected.Live, cancellationToken);
            }

            var index = RagIndex.Open(corpus.Folder);
            DenseModelCheck.Demand(index.Manifest, settings.Settings, connected.Live);
            return new RagAnswers(index, settings, telemetry, models, connected);
        }
        catch
        {
            connected.Dispose();
            telemetry.Dispose();
            throw;
        }
    }

    /// <summary>Finds the passages for a question, where no model is asked over the network.</summary>
    public FoundPassages Find(string question) => Now(SearchAsync(question, idle, settings, CancellationToken.None));

    /// <summary>Finds the passages for a question with some stages switched on or off, where no model is asked over the network.</summary>
    /// <inheritdoc cref="FindAsync"/>
    public FoundPassages Find(string question, RagToggles toggles) => Now(FindAsync(question, toggles, CancellationToken.None));

    /// <summary>Finds the passages for a question with some stages switched on or off, as flags or an experiment say.</summary>
    /// <param name="question">The question.</param>
    /// <param name="toggles">The stages; see <see cref="RagToggles.Of"/>. What would leave nothing to search with is not followed.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="Assay.Models.Calls.ModelCallException">A model refuses the key, or a budget is spent; other faults are a stage that fell back.</exception>
    public ValueTask<FoundPassages> FindAsync(string question, RagToggles toggles, CancellationToken cancellationToken)
    {
        if (!toggled.TryGetValue(toggles, out var kept))
        {
            kept = toggled.Count < MostToggled ? toggled.GetOrAdd(toggles, []) : [];
        }

        return SearchAsync(question, kept, settings.With(toggles), cancellationToken);
    }

    private async ValueTask<FoundPassages> SearchAsync(
        string question,
        ConcurrentBag<Retriever> kept,
        ResolvedSettings resolved,
        CancellationToken cancellationToken
    )
    {
        var retriever = kept.TryTake(out var free) ? free : new Retriever(index, resolved, telemetry, models) { Live = connected.Live };
        var found = await retriever.RetrieveAsync(question, cancellationToken);
        if (kept.Count < MostIdle)
        {
            kept.Add(retriever);
        }

        return new FoundPassages(found);
    }

    // Without a model over the network nothing is awaited: the task is complete.
    private FoundPassages Now(ValueTask<FoundPassages> task) =>
        connected.Live.AreAny ? throw new InvalidOperationException("A model over the network is asked: call FindAsync.") : task.GetAwaiter().GetResult();

    /// <summary>Quotes the sentences of the passages that answer their question.</summary>
    public static QuotedAnswer Answer(FoundPassages found)
    {
        var answer = Answerer.Answer(found.Retrieval);
        return new QuotedAnswer(answer.Model, answer.Sentences, answer.Citations.Keys.ToDictionary(n => n, n => found.Passages[n - 1]));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        index.Dispose();
        connected.Dispose();
        telemetry.Dispose();
    }

    private static async Task BuildAsync(
        RagCorpus corpus,
        ResolvedSettings settings,
        RagTelemetry telemetry,
        LiveModels live,
        CancellationToken cancellationToken
    )
    {
        using var hold = OutputLock.Take(corpus.Folder);
        using var lease = new GpuLease();
        var gpu = new GpuTelemetry(new GpuProbe(), lease, GpuOptions.Of(settings.Settings.GpuSoftLimitGb));
        var pipeline = new RagPipeline(settings, telemetry, gpu, static _ => { }, Environment.ProcessorCount) { Live = live };
        await pipeline.RunAsync(new RagRequest(corpus.Documents, [], corpus.Folder, Export: false), cancellationToken);
    }
}
