using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Stores;

namespace Assay.Evaluation.Storing;

/// <summary>
/// Runs in the store: each a document, its cases an object. The hub and a command that opens the store itself write the same.
/// </summary>
internal sealed class StoredRuns(IDocumentStore documents, IObjectStore objects, TimeProvider time)
{
    /// <summary>Runs, with keys that begin with their benchmark's name.</summary>
    public const string Collection = "runs";

    /// <summary>Which benchmark a run belongs to, by the run's id.</summary>
    public const string Places = "run_places";

    /// <summary>The benchmarks that have runs.</summary>
    public const string Benchmarks = "benchmarks";

    /// <summary>The most benchmarks that are listed.</summary>
    public const int MostBenchmarks = 1_000;

    /// <summary>Stores a run; the same run handed in again changes nothing, and one that was resumed replaces what was stored of it.</summary>
    /// <param name="head">Everything but the cases.</param>
    /// <param name="cases">The cases in the order of the dataset.</param>
    /// <param name="by">Who hands it in.</param>
    /// <param name="cancellationToken">Ends the work; nothing is stored then.</param>
    /// <exception cref="AssayException">Head or cases are not those of a run (exit code 2), or the store cannot be written to (exit code 4).</exception>
    public async Task<RunReceipt> PutAsync(RunHead head, IAsyncEnumerable<StoredCase> cases, string by, CancellationToken cancellationToken)
    {
        HeadCheck.Check(head);
        var run = head.Timings.Run;
        var place = await PlaceAsync(run, head.Report.Benchmark, cancellationToken);
        var there = place.IsOther ? null : await documents.GetAsync(Collection, place.Key, cancellationToken);
        var before = there is null ? null : Read(there);
        var change = place.IsOther ? RunChange.Other : RunChanges.Of(before, head);
        if (change is RunChange.Other or RunChange.Older or RunChange.None)
        {
            return new RunReceipt(run, head.Report.Benchmark, change);
        }

        var worst = new WorstFold(head);
        var counted = new CaseCount(head);
        var stored = await PackAsync(CasesName(run), worst.WatchAsync(counted.WatchAsync(cases, cancellationToken), cancellationToken), cancellationToken);
        await PackAsync(WorstName(run), worst.Found().ToAsyncEnumerable(), cancellationToken);
        var document = new StoredRun(head.Report, head.Timings, stored, time.GetUtcNow(), by, head.DurationS ?? before?.DurationS)
        {
            Translations = head.Translations,
            Origin = head.Origin,
        };
        // The place first: a place without a run is none, a run without a place would not be found.
        await WriteAsync(Places, run, JsonSerializer.SerializeToUtf8Bytes(head.Report.Benchmark, PlaceJson.Default.String), head, null, cancellationToken);
        await WriteAsync(Benchmarks, head.Report.Benchmark, "{}"u8.ToArray(), head, null, cancellationToken);
        var json = JsonSerializer.SerializeToUtf8Bytes(document, StoringJson.Strict.StoredRun);
        var done = await WriteAsync(Collection, place.Key, json, head, there?.Version ?? 0, cancellationToken);
        return new RunReceipt(run, head.Report.Benchmark, done ? change : RunChange.Other) { Counted = counted.Found };
    }

    /// <summary>A run; null when there is none.</summary>
    public async Task<StoredRun?> FindAsync(string run, CancellationToken cancellationToken) =>
        HeadCheck.IsName(run)
        && await documents.GetAsync(Places, run, cancellationToken) is { } place
        && JsonSerializer.Deserialize(place.Json.Span, PlaceJson.Default.String) is { } benchmark
        && await documents.GetAsync(Collection, Key(benchmark, run), cancellationToken) is { } found
            ? Read(found)
            : null;

    /// <summary>Runs, the newest first.</summary>
    /// <param name="benchmark">Of this benchmark; null for all.</param>
    /// <param name="skip">How many to pass over, 0 to 100,000.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<StoredRun>> ListAsync(string? benchmark, int skip, int limit, CancellationToken cancellationToken)
    {
        if (benchmark is not null && !HeadCheck.IsName(benchmark))
        {
            return [];
        }

        var query = new DocumentQuery(Collection)
        {
            KeyPrefix = benchmark is null ? null : benchmark + "/",
            Skip = skip,
            Limit = limit,
        };
        return [.. (await documents.ListAsync(query, cancellationToken)).Select(Read)];
    }

    /// <summary>The names of the benchmarks that have runs, the one that ran last first; <see cref="MostBenchmarks"/> at most.</summary>
    public async Task<IReadOnlyList<string>> BenchmarksAsync(CancellationToken cancellationToken) =>
        [.. (await documents.ListAsync(new DocumentQuery(Benchmarks) { Limit = MostBenchmarks }, cancellationToken)).Select(d => d.Key)];

    /// <summary>The cases of a run in the order of the dataset, as they are read.</summary>
    public IAsyncEnumerable<StoredCase> CasesAsync(string run, CancellationToken cancellationToken) => ReadAsync(CasesName(run), cancellationToken);

    /// <summary>The packed cases of a run; null when there are none.</summary>
    public Task<Stream?> PackedCasesAsync(string run, CancellationToken cancellationToken) => objects.GetAsync(CasesName(run), cancellationToken);

    /// <summary>The cases to look at first, the worst first.</summary>
    public IAsyncEnumerable<StoredCase> WorstAsync(string run, CancellationToken cancellationToken) => ReadAsync(WorstName(run), cancellationToken);

    private static string CasesName(string run) => $"runs/{run}/cases.jsonl.gz";

    private static string WorstName(string run) => $"runs/{run}/worst.jsonl.gz";

    private static string Key(string benchmark, string run) => $"{benchmark}/{run}";

    private static StoredRun Read(Document document) => JsonSerializer.Deserialize(document.Json.Span, StoringJson.Strict.StoredRun)!;

    private async Task<RunPlace> PlaceAsync(string run, string benchmark, CancellationToken cancellationToken)
    {
        var known = await documents.GetAsync(Places, run, cancellationToken);
        var isOther = known is not null && JsonSerializer.Deserialize(known.Json.Span, PlaceJson.Default.String) != benchmark;
        return new RunPlace(Key(benchmark, run), isOther);
    }

    private async Task<bool> WriteAsync(string collection, string key, byte[] json, RunHead head, long? version, CancellationToken cancellationToken) =>
        (await documents.PutAsync(new DocumentWrite(collection, key, json) { At = head.Timings.StartedAt, ExpectedVersion = version }, cancellationToken)).Done;

    private async IAsyncEnumerable<StoredCase> ReadAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var packed = await objects.GetAsync(name, cancellationToken);
        if (packed is null)
        {
            yield break;
        }

        await foreach (var one in RunPackage.ReadCasesAsync(packed, cancellationToken))
        {
            yield return one;
        }
    }

    // The store reads what it stores, cases are written: a pipe stands between, with a few ten thousand bytes in it at most.
    private async Task<StoredObject> PackAsync(string name, IAsyncEnumerable<StoredCase> cases, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        var writing = FillAsync(pipe.Writer, cases, cancellationToken);
        try
        {
            return await objects.PutAsync(name, pipe.Reader.AsStream(), cancellationToken);
        }
        finally
        {
            // When storing failed the writer must not wait for a reader that is gone.
            await pipe.Reader.CompleteAsync();
            await writing;
        }
    }

    private static async Task FillAsync(PipeWriter to, IAsyncEnumerable<StoredCase> cases, CancellationToken cancellationToken)
    {
        try
        {
            await RunPackage.WriteCasesAsync(to.AsStream(leaveOpen: true), cases, cancellationToken);
            await to.CompleteAsync();
        }
#pragma warning disable CA1031 // Whatever it is, the reader throws it: the object is not stored, and the caller hears why.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await to.CompleteAsync(e);
        }
    }

    private readonly record struct RunPlace(string Key, bool IsOther);
}
