using Assay.Rag.Chunking;
using Assay.Rag.Reading;
using Assay.Rag.Settings;
using Assay.Rag.Terms;

namespace Assay.Rag.Indexing;

/// <summary>The first two stages: files become documents, documents become chunks and terms.</summary>
internal sealed class CorpusReader(RagTelemetry telemetry, Action<StageProgress> progress)
{
    /// <summary>Progress is told once in so many units.</summary>
    private const int ProgressEvery = 512;

    public ReadCorpus Read(IReadOnlyList<string> paths, bool skipDuplicates, CancellationToken cancellationToken)
    {
        using var stage = telemetry.Begin(RagStage.Read);
        var size = InputSize.Of(paths, cancellationToken);
        var reader = new DocumentReader(new ReadOptions { SkipDuplicates = skipDuplicates });
        var documents = new List<Document>();
        var bad = new List<BadDocument>();
        int badCount = 0,
            duplicates = 0,
            met = 0;
        foreach (var item in reader.Read(paths, cancellationToken))
        {
            if (item.Document is { } document)
            {
                documents.Add(document);
            }
            else if (item.Bad is { } broken)
            {
                badCount++;
                telemetry.Log(RagStage.Read).BadDocument(broken.Source, broken.Line, broken.Problem);
                if (bad.Count < ReadCorpus.MaxListed)
                {
                    bad.Add(broken);
                }
            }
            else
            {
                duplicates++;
            }

            if (++met % ProgressEvery == 0)
            {
                progress(new StageProgress(RagStage.Read, reader.BytesRead, size.Bytes, "bytes"));
            }
        }

        progress(new StageProgress(RagStage.Read, size.Bytes, size.Bytes, "bytes"));
        stage.Span.Set("file_count", size.Files);
        stage.Span.Set("document_count", documents.Count);
        stage.Span.Set("bad_count", badCount);
        stage.Span.Set("duplicate_count", duplicates);
        stage.Finished(documents.Count, "documents");
        CountDocuments("indexed", documents.Count);
        CountDocuments("bad", badCount);
        CountDocuments("duplicate", duplicates);
        return new ReadCorpus(documents, bad, badCount, duplicates, reader.SkippedByExtension, reader.BytesRead, size.Files);
    }

    public ChunkedCorpus Chunk(IReadOnlyList<Document> documents, RagSettings settings, CancellationToken cancellationToken)
    {
        using var stage = telemetry.Begin(RagStage.Chunk);
        var chunker = new Chunker(
            new ChunkOptions
            {
                Strategy = settings.Chunking,
                MaxTokens = settings.ChunkTokens,
                OverlapTokens = settings.ChunkOverlap,
            }
        );
        var chunks = new List<Chunk>(documents.Count);
        var terms = new TermCollector();
        for (var i = 0; i < documents.Count; i++)
        {
            foreach (var chunk in chunker.Chunk(documents[i]))
            {
                terms.Add(chunk.Title, chunk.HeadingPath, chunk.Text);
                chunks.Add(chunk);
            }

            if (i % ProgressEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress(new StageProgress(RagStage.Chunk, i, documents.Count, "documents"));
            }
        }

        progress(new StageProgress(RagStage.Chunk, documents.Count, documents.Count, "documents"));
        stage.Span.Set("batch_size", documents.Count);
        stage.Finished(chunks.Count, "chunks");
        stage.Span.Set("chunk_count", chunks.Count);
        stage.Span.Set("chunks_per_second", chunks.Count / Math.Max(1e-9, stage.ElapsedSeconds));
        return new ChunkedCorpus(documents.Count, chunks, terms.Finish());
    }

    private void CountDocuments(string outcome, int count) => telemetry.Documents.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
}
