using Assay.Models.Offline;
using Assay.Observability.Tracing;
using Assay.Rag.Exporting;
using Assay.Rag.Gpu;
using Assay.Rag.Indexing;
using Assay.Rag.Judgements;
using Assay.Rag.Live;
using Assay.Rag.Reranking;
using Assay.Rag.Retrieving;
using Assay.Rag.Settings;
using Assay.Rag.Sparse;
using Assay.Rag.Storage;

namespace Assay.Rag;

/// <summary>What to run the pipeline on.</summary>
/// <param name="Paths">Files and folders to read.</param>
/// <param name="Queries">Queries to answer after indexing; may be empty.</param>
/// <param name="Output">Folder for index and exports.</param>
/// <param name="SkipDuplicates">Whether a document whose content was there already is left out.</param>
/// <param name="Export">Whether to write the exports.</param>
internal sealed record RagRequest(IReadOnlyList<string> Paths, IReadOnlyList<Query> Queries, string Output, bool SkipDuplicates = true, bool Export = true);

/// <summary>
/// The pipeline: read → chunk → dense → sparse → rerank (prepared) → export, then for each query dense → sparse → fuse → rerank.
/// A stage that is switched off leaves no trace of itself: no span, no sample, no section.
/// </summary>
internal sealed class RagPipeline(ResolvedSettings resolved, RagTelemetry telemetry, GpuTelemetry gpu, Action<StageProgress> progress, int threads)
{
    private readonly RagSettings settings = resolved.Settings;

    /// <summary>Models over the network; the default is none.</summary>
    public LiveModels Live { get; init; } = LiveModels.None;

    public async Task<RagRun> RunAsync(RagRequest request, CancellationToken cancellationToken)
    {
        var started = telemetry.Time.GetTimestamp();
        using var span = telemetry.Source.Operation(RagNames.RunSpan);
        try
        {
            await gpu.DetectAsync(cancellationToken);
            var run = new RagRun(request, resolved, telemetry.Time.GetUtcNow()) { TraceId = span.Activity?.TraceId.ToHexString() };
            await IndexAsync(run, cancellationToken);
            Export(run);
            await SearchAsync(run, cancellationToken);
            run.Elapsed = telemetry.Time.GetElapsedTime(started);
            span.Set("documents", run.Read!.Documents.Count);
            span.Set("chunks", run.ChunkCount);
            span.Set("queries", request.Queries.Count);
            span.Set("seed", settings.Seed);
            return run;
        }
        catch (Exception e)
        {
            span.Fail(e);
            telemetry.Log(RagStage.Read).RunFailed(e.Message, e);
            throw;
        }
    }

    private async Task IndexAsync(RagRun run, CancellationToken cancellationToken)
    {
        var reader = new CorpusReader(telemetry, progress);
        run.Read = reader.Read(run.Request.Paths, run.Request.SkipDuplicates, cancellationToken);
        if (run.Read.Documents.Count == 0)
        {
            throw NothingToIndex(run.Read);
        }

        var corpus = reader.Chunk(run.Read.Documents, settings, cancellationToken);
        run.ChunkCount = corpus.Chunks.Count;
        var builder = new IndexBuilder(telemetry, gpu, progress, threads);
        run.IndexFolder = Path.Combine(run.Request.Output, IndexFolder.Name);
        run.Manifest = await BuildAsync(run, corpus, builder, cancellationToken);
        run.IndexElapsed = telemetry.Time.GetUtcNow() - run.StartedAt;
    }

    private async Task<IndexManifest> BuildAsync(RagRun run, ChunkedCorpus corpus, IndexBuilder builder, CancellationToken cancellationToken) =>
        await IndexFolder.ReplaceAsync(
            run.IndexFolder,
            async folder =>
            {
                IndexBuilder.WriteCorpus(folder, corpus);
                run.Dense = settings.Dense ? await DenseAsync(folder, corpus, builder, cancellationToken) : null;
                run.Sparse = settings.Sparse ? builder.Sparse(folder, corpus) : null;
                run.Rerank = settings.Rerank ? await RerankAsync(folder, corpus, builder, cancellationToken) : null;
                return Manifest(corpus);
            }
        );

    private Task<DenseReport> DenseAsync(string folder, ChunkedCorpus corpus, IndexBuilder builder, CancellationToken cancellationToken) =>
        Live.Embeddings is { } live
            ? builder.DenseAsync(folder, corpus, live, cancellationToken)
            : builder.DenseAsync(folder, corpus, settings, cancellationToken);

    // The features are prepared in any case, so that the index serves without the model too.
    private async Task<RerankReport> RerankAsync(string folder, ChunkedCorpus corpus, IndexBuilder builder, CancellationToken cancellationToken)
    {
        var prepared = await builder.RerankAsync(folder, corpus, cancellationToken);
        return Live.Reranker is { } live ? prepared with { Model = live.Model } : prepared;
    }

    private void Export(RagRun run)
    {
        if (!run.Request.Export)
        {
            return;
        }

        using var stage = telemetry.Begin(RagStage.Export);
        progress(new StageProgress(RagStage.Export, 0, run.ChunkCount, "chunks"));
        using var index = RagIndex.Open(run.IndexFolder);
        var exporter = new Exporter(index);
        run.Exported = exporter.Write(Path.Combine(run.Request.Output, "exports"));
        progress(new StageProgress(RagStage.Export, run.ChunkCount, run.ChunkCount, "chunks"));
        stage.Finished(run.Exported.Count, "files");
        run.ExportLatencyMs = stage.ElapsedSeconds * 1000;
        stage.Span.Set("batch_size", run.ChunkCount);
        stage.Span.Set("file_count", run.Exported.Count);
        stage.Span.Set("total_size_mb", run.Exported.Sum(f => f.Bytes) / 1e6);
        stage.Span.Set("export_vectors", exporter.HasVectors);
        stage.Span.Set("export_sparse_vectors", exporter.HasSparseVectors);
        stage.Span.Set("export_chunks", value: true);
    }

    private async Task SearchAsync(RagRun run, CancellationToken cancellationToken)
    {
        if (run.Request.Queries.Count == 0)
        {
            return;
        }

        using var index = RagIndex.Open(run.IndexFolder);
        var retriever = new Retriever(index, resolved, telemetry) { Live = Live };
        var started = telemetry.Time.GetTimestamp();
        foreach (var query in run.Request.Queries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Add(query, await retriever.RetrieveAsync(query.Text, cancellationToken));
            progress(new StageProgress(RagStage.Fuse, run.Results.Count, run.Request.Queries.Count, "queries"));
        }

        run.SearchElapsed = telemetry.Time.GetElapsedTime(started);
    }

    private IndexManifest Manifest(ChunkedCorpus corpus)
    {
        List<string> models = [];
        if (settings.Dense)
        {
            models.Add(Live.Embeddings?.Model ?? LsaModel.Name);
        }

        if (settings.Sparse)
        {
            models.Add(SparseIndex.Model);
        }

        if (settings.Rerank)
        {
            models.Add(Live.Reranker?.Model ?? FeatureReranker.Name);
        }

        var shaping = resolved.Provenance.Where(p => p.Name is not ("top_k" or "fusion")).ToDictionary(p => p.Name, p => p.Value);
        if (settings.Dense && Live.Embeddings is { } live)
        {
            shaping[IndexManifest.DenseModel] = live.Model;
        }

        return new IndexManifest(
            IndexFile.FormatVersion,
            RagVersion.Tool,
            corpus.DocumentCount,
            corpus.Chunks.Count,
            shaping,
            models,
            new Dictionary<string, string>()
        );
    }

    private static AssayException NothingToIndex(ReadCorpus read)
    {
        var first = read.Bad.Count > 0 ? $" The first: {read.Bad[0].Source}: {read.Bad[0].Problem} {read.Bad[0].Fix}" : "";
        return AssayException.Usage(
            $"No document could be read ({read.Files} files, {read.BadCount} bad).{first}",
            "Name a folder with .md, .txt, .html or .jsonl files that have text in them."
        );
    }
}
