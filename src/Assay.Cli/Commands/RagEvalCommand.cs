using System.CommandLine;
using Assay.Cli.Observing;
using Assay.Cli.Showing;
using Assay.Rag;
using Assay.Rag.Gpu;
using Assay.Rag.Judgements;

namespace Assay.Cli.Commands;

/// <summary><c>assay rag eval</c>: how good and how fast the pipeline is on a judged collection.</summary>
internal static class RagEvalCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var corpus = new Option<string[]>("--corpus")
        {
            Description = "Documents: files or folders, as for `assay rag run`.",
            HelpName = "PATH",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var queries = new Option<string>("--queries")
        {
            Description = """Queries, a JSON object a line: {"id": "q1", "text": "…"}.""",
            HelpName = "FILE",
            Required = true,
        };
        var qrels = new Option<string>("--qrels")
        {
            Description = "Judgements: query-id TAB corpus-id TAB score, one header line.",
            HelpName = "FILE",
            Required = true,
        };
        var residual = new Option<bool>("--residual")
        {
            Description = "Take documents judged below 0 out of the ranking instead of counting them as not relevant.",
        };
        var runOut = new Option<string?>("--run-out") { Description = "Write the rankings in TREC form.", HelpName = "FILE" };
        var threads = new Option<int?>("--threads") { Description = "Threads to index with. The default is the number of processors.", HelpName = "N" };
        var json = CommonOptions.Json();
        var settings = new SettingOptions(indexing: true);
        var models = new ModelOptions(answering: false);
        var observing = new ObservingOptions();
        var command = new ExampleCommand(
            "eval",
            "Index a judged collection and score the rankings: nDCG@10, MAP, recall@100, MRR; documents and queries per second; and whether reranking beats the fused order.",
            """
            assay rag eval --corpus corpus.jsonl --queries queries.jsonl --qrels qrels.tsv
            assay rag eval --corpus docs --queries q.jsonl --qrels qrels.tsv --run-out run.trec --json
            """
        )
        {
            corpus,
            queries,
            qrels,
            residual,
            runOut,
            threads,
            json,
        };
        settings.AddTo(command);
        models.AddTo(command);
        observing.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var request = new EvaluationRequest(
                    parsed.GetValue(corpus)!,
                    Query.ReadAll(parsed.GetValue(queries)!),
                    Qrels.Read(parsed.GetValue(qrels)!),
                    parsed.GetValue(residual),
                    parsed.GetValue(runOut)
                );
                var resolved = settings.Resolve(parsed, surroundings);
                using var asked = models.Read(parsed, surroundings);
                await using var observed = await ObservedRag.StartAsync(observing.Read(parsed), resolved, output: null, surroundings);
                using var telemetry = observed.NewRagTelemetry();
                using var lease = new GpuLease();
                var folder = Directory.CreateTempSubdirectory("assay-eval-").FullName;
                try
                {
                    var report = await ProgressView.ShowAsync(
                        surroundings,
                        progress =>
                        {
                            var pipeline = new RagPipeline(
                                resolved,
                                telemetry,
                                new GpuTelemetry(new GpuProbe(), lease, GpuOptions.Of(resolved.Settings.GpuSoftLimitGb)),
                                progress,
                                CommonOptions.Threads(parsed.GetValue(threads))
                            )
                            {
                                Live = asked.Live,
                            };
                            return new CollectionEvaluator(pipeline, resolved, telemetry).EvaluateAsync(request, folder, cancellationToken);
                        }
                    );
                    await observed.FinishAsync(cancellationToken);
                    await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : EvaluationView.WriteAsync(surroundings.Out, report));
                    await EvaluationView.WriteNotesAsync(surroundings.Error, report);
                    return (int)ExitCode.Pass;
                }
                finally
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        );
        return command;
    }
}
