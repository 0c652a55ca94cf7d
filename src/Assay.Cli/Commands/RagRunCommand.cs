using System.CommandLine;
using Assay.Cli.Observing;
using Assay.Cli.Showing;
using Assay.Rag;
using Assay.Rag.Gpu;
using Assay.Rag.Judgements;
using Assay.Rag.Live;
using Assay.Rag.Storage;
using Assay.Rag.Summaries;

namespace Assay.Cli.Commands;

/// <summary><c>assay rag run</c>: documents in, index, exports, traces and summary out.</summary>
internal static class RagRunCommand
{
    private const int DefaultMaxBad = 0;

    public static Command Create(CommandSurroundings surroundings)
    {
        var paths = new Argument<string[]>("paths") { Description = "Files and folders: .md .txt .html .jsonl in any mix.", Arity = ArgumentArity.OneOrMore };
        var queries = new Option<string?>("--queries")
        {
            Description = """Queries to answer after indexing, a JSON object a line: {"id": "q1", "text": "…"}.""",
            HelpName = "FILE",
        };
        var output = new Option<string>("--out")
        {
            Description = "Folder for index, exports, traces, log and processing_summary.json.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => "out",
        };
        var threads = new Option<int?>("--threads")
        {
            Description = "Threads to index with; the result is the same for any number. The default is the number of processors.",
            HelpName = "N",
        };
        var maxBad = new Option<int>("--max-bad")
        {
            Description = "Documents that may be unreadable before the run counts as failed (exit code 1).",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultMaxBad,
        };
        var json = CommonOptions.Json();
        var settings = new SettingOptions(indexing: true);
        var models = new ModelOptions(answering: false);
        var observing = new ObservingOptions();
        var command = new ExampleCommand(
            "run",
            "Read, chunk, index and export documents; answer queries if there are any; write what was done into processing_summary.json.",
            """
            assay rag run ./my-docs --out out
            assay rag run handbook.md faq.jsonl --queries q.jsonl --out out
            assay rag run ./my-docs --disable-rerank --metrics-file metrics.prom --json
            """
        )
        {
            paths,
            queries,
            output,
            maxBad,
            threads,
            json,
        };
        settings.AddTo(command);
        models.AddTo(command);
        observing.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var live = models.Read(parsed, surroundings);
                var asked = parsed.GetValue(queries);
                var request = new RagRequest(parsed.GetValue(paths)!, asked is null ? [] : Query.ReadAll(asked), parsed.GetValue(output)!);
                var run = new RunRequest(request, CommonOptions.Threads(parsed.GetValue(threads)), parsed.GetValue(maxBad), parsed.GetValue(json), live.Live);
                return await RunAsync(run, settings.Resolve(parsed, surroundings), observing.Read(parsed), surroundings, cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        RunRequest request,
        Assay.Rag.Settings.ResolvedSettings settings,
        ObservingRequest observing,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    )
    {
        using var hold = OutputLock.Take(request.Rag.Output);
        await using var observed = await ObservedRag.StartAsync(observing, settings, request.Rag.Output, surroundings);
        using var telemetry = observed.NewRagTelemetry();
        using var lease = new GpuLease();
        var gpu = new GpuTelemetry(new GpuProbe(), lease, GpuOptions.Of(settings.Settings.GpuSoftLimitGb));
        var run = await ProgressView.ShowAsync(
            surroundings,
            progress => new RagPipeline(settings, telemetry, gpu, progress, request.Threads) { Live = request.Live }.RunAsync(request.Rag, cancellationToken)
        );
        WriteRanking(run);
        var emissions = EmissionReport.Read(settings, observed.Scrape(), observed.Spans);
        var baseline = gpu.Baseline();
        var summary = ProcessingSummary.Of(run, emissions, baseline, gpu.LeaseEvents, Relative(observed.TraceFile, request.Rag.Output));
        summary.Write(Path.Combine(request.Rag.Output, ProcessingSummary.FileName));
        await observed.FinishAsync(cancellationToken);
        await ShowAsync(request, run, summary, emissions, baseline, surroundings);
        return (int)(run.Read!.BadCount > request.MaxBad ? ExitCode.Fail : ExitCode.Pass);
    }

    /// <summary>An earlier ranking does not belong to the index that was just built.</summary>
    private static void WriteRanking(RagRun run)
    {
        var path = Path.Combine(run.Request.Output, "run.trec");
        if (run.Results.Count > 0)
        {
            TrecRun.Write(path, run.Results.Select(r => new RankedDocuments(r.Query.Id, Documents(r.Result))));
        }
        else
        {
            File.Delete(path);
        }
    }

    private static List<(string Document, double Score)> Documents(Assay.Rag.Retrieving.RetrievalResult result) =>
        [.. result.Passages.DistinctBy(p => p.Chunk.DocumentId).Select(p => (p.Chunk.DocumentId, p.Score))];

    private static string? Relative(string? path, string folder) => path is null ? null : Path.GetRelativePath(folder, path);

    private static async Task ShowAsync(
        RunRequest request,
        RagRun run,
        ProcessingSummary summary,
        EmissionReport emissions,
        GpuBaseline gpu,
        CommandSurroundings surroundings
    )
    {
        var footer = new RunFooter(run, emissions, gpu, request.MaxBad, request.Live.AreAny);
        if (request.Json)
        {
            await surroundings.Out.WriteLineAsync(summary.ToJson());
        }
        else
        {
            await footer.WriteAsync(surroundings.Out);
        }

        await footer.WriteNotesAsync(surroundings.Error);
    }

    private sealed record RunRequest(RagRequest Rag, int Threads, int MaxBad, bool Json, LiveModels Live);
}
