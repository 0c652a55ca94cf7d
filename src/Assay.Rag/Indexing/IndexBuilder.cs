using Assay.Models.Offline;
using Assay.Rag.Dense;
using Assay.Rag.Gpu;
using Assay.Rag.Live;
using Assay.Rag.Reranking;
using Assay.Rag.Settings;
using Assay.Rag.Sparse;
using Assay.Rag.Storage;
using Assay.Rag.Terms;

namespace Assay.Rag.Indexing;

/// <summary>The stages that make an index of a chunked corpus. Each writes its own file into the folder it is given.</summary>
internal sealed class IndexBuilder(RagTelemetry telemetry, GpuTelemetry gpu, Action<StageProgress> progress, int threads)
{
    /// <summary>Writes what every search needs: the chunks, the lexicon and the terms of each chunk.</summary>
    public static void WriteCorpus(string folder, ChunkedCorpus corpus)
    {
        ChunkStore.Write(Path.Combine(folder, ChunkStore.FileName), corpus.Chunks);
        Lexicon.Write(Path.Combine(folder, Lexicon.FileName), corpus.Streams.Terms);
        ForwardIndex.Write(Path.Combine(folder, ForwardIndex.FileName), corpus.Streams);
    }

    /// <summary>Learns the dense model from the corpus and writes it with the vector of each chunk.</summary>
    public Task<DenseReport> DenseAsync(string folder, ChunkedCorpus corpus, RagSettings settings, CancellationToken cancellationToken) =>
        OnGpuAsync(RagStage.Dense, stage => Dense(stage, folder, corpus, settings), cancellationToken);

    /// <summary>Asks a model over the network for the vector of each chunk. No GPU of this machine is held for it.</summary>
    /// <exception cref="Assay.Models.Calls.ModelCallException">The model gave no answer: an index without its dense part is not what was asked for.</exception>
    public async Task<DenseReport> DenseAsync(string folder, ChunkedCorpus corpus, LiveEmbeddings live, CancellationToken cancellationToken)
    {
        using var stage = telemetry.Begin(RagStage.Dense);
        var count = corpus.Chunks.Count;
        progress(new StageProgress(RagStage.Dense, 0, count, "chunks"));
        var embedded = await live.EmbedAsync(corpus.Chunks, done => progress(new StageProgress(RagStage.Dense, done, count, "chunks")), cancellationToken);
        DenseIndexWriter.Write(Path.Combine(folder, DenseIndex.FileName), embedded.Dimensions, embedded.Vectors);
        Finish(RagStage.Dense, stage, corpus);
        Describe(stage, corpus, live.Model);
        return new DenseReport(live.Model, embedded.Dimensions, count, stage.ElapsedSeconds * 1000, FallbackReason: null);
    }

    /// <summary>Writes the inverted index.</summary>
    public SparseReport Sparse(string folder, ChunkedCorpus corpus)
    {
        using var stage = telemetry.Begin(RagStage.Sparse);
        progress(new StageProgress(RagStage.Sparse, 0, corpus.Chunks.Count, "chunks"));
        var bytes = SparseIndexWriter.Write(Path.Combine(folder, SparseIndex.FileName), corpus.Streams);
        var covered = Enumerable.Range(0, corpus.Streams.ChunkCount).Count(c => corpus.Streams.All(c).Length > 0);
        var ratio = corpus.Chunks.Count == 0 ? 0 : (double)covered / corpus.Chunks.Count;
        Finish(RagStage.Sparse, stage, corpus);
        Describe(stage, corpus, SparseIndex.Model);
        stage.Span.Set("coverage_ratio", ratio);
        return new SparseReport(SparseIndex.Model, corpus.Streams.Terms.Length, corpus.Chunks.Count, stage.ElapsedSeconds * 1000, ratio, bytes);
    }

    /// <summary>Prepares what the reranker looks at beside the query: each chunk's nearest neighbours.</summary>
    public Task<RerankReport> RerankAsync(string folder, ChunkedCorpus corpus, CancellationToken cancellationToken) =>
        OnGpuAsync(RagStage.Rerank, stage => Rerank(stage, folder, corpus), cancellationToken);

    internal static T? OpenIfThere<T>(string folder, string file, Func<string, T> open)
        where T : class
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? open(path) : null;
    }

    /// <summary>Runs a stage while it holds the GPU. The peak is final only when the GPU was given back, so the span waits for it and the latency does not.</summary>
    private async Task<T> OnGpuAsync<T>(RagStage which, Func<StageExecution, T> work, CancellationToken cancellationToken)
    {
        await using var lease = await gpu.EnterAsync(RagNames.Word(which), cancellationToken);
        using var stage = telemetry.Begin(which);
        var result = work(stage);
        stage.StopClock();
        await lease.DisposeAsync();
        if (lease.PeakBytes is { } peak)
        {
            stage.Span.Set("gpu_peak_gb", peak / GpuOptions.BytesPerGb);
            telemetry.GpuPeakBytes.Record(peak, new KeyValuePair<string, object?>("stage", RagNames.Word(which)));
        }

        return result;
    }

    private DenseReport Dense(StageExecution stage, string folder, ChunkedCorpus corpus, RagSettings settings)
    {
        progress(new StageProgress(RagStage.Dense, 0, corpus.Chunks.Count, "chunks"));
        var counts = TermCounts.Of(corpus.Streams);
        var model = LsaModel.Learn(counts, settings.Seed, threads);
        Describe(stage, corpus, LsaModel.Name);
        if (model is null)
        {
            const string reason = "too_few_documents";
            stage.FellBack(reason);
            return new DenseReport(LsaModel.Name, 0, corpus.Chunks.Count, stage.ElapsedSeconds * 1000, reason);
        }

        DenseIndexWriter.Write(Path.Combine(folder, DenseIndex.FileName), model, DenseIndexWriter.Embed(model, counts, threads));
        Finish(RagStage.Dense, stage, corpus);
        Describe(stage, corpus, LsaModel.Name);
        return new DenseReport(LsaModel.Name, model.Dimensions, corpus.Chunks.Count, stage.ElapsedSeconds * 1000, FallbackReason: null);
    }

    private RerankReport Rerank(StageExecution stage, string folder, ChunkedCorpus corpus)
    {
        progress(new StageProgress(RagStage.Rerank, 0, corpus.Chunks.Count, "chunks"));
        using var sparse = OpenIfThere(folder, SparseIndex.FileName, SparseIndex.Open);
        using var dense = OpenIfThere(folder, DenseIndex.FileName, DenseIndex.Open);
        NeighbourGraph.Write(Path.Combine(folder, NeighbourGraph.FileName), sparse, dense, corpus.Streams, threads);
        Finish(RagStage.Rerank, stage, corpus);
        stage.Span.Set("batch_size", corpus.Chunks.Count);
        stage.Span.Set("models_executed", FeatureReranker.Name);
        return new RerankReport(FeatureReranker.Name, corpus.Chunks.Count, stage.ElapsedSeconds * 1000);
    }

    /// <summary>The stage did its own work on all chunks: says so to who watches, in the log and on the span.</summary>
    private void Finish(RagStage which, StageExecution stage, ChunkedCorpus corpus)
    {
        progress(new StageProgress(which, corpus.Chunks.Count, corpus.Chunks.Count, "chunks"));
        stage.Finished(corpus.Chunks.Count, "chunks");
        stage.Span.Set("fallback_used", value: false);
    }

    private static void Describe(StageExecution stage, ChunkedCorpus corpus, string model)
    {
        stage.Span.Set("batch_size", corpus.Chunks.Count);
        stage.Span.Set("models_executed", model);
        stage.Span.Set("chunks_per_second", corpus.Chunks.Count / Math.Max(1e-9, stage.ElapsedSeconds));
    }
}
