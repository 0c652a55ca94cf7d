using System.CommandLine;
using Assay.Cli.Observing;
using Assay.Cli.Showing;
using Assay.Rag.Retrieving;

namespace Assay.Cli.Commands;

/// <summary><c>assay rag query</c>: ranked passages with the score of every stage.</summary>
internal static class RagQueryCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var text = new Argument<string>("text") { Description = "What to look for, English or Russian." };
        var folder = CommonOptions.Index();
        var json = CommonOptions.Json();
        var settings = new SettingOptions(indexing: false);
        var observing = new ObservingOptions();
        var command = new Command(
            "query",
            """
            Rank passages for a query and show what each stage made of them: applied, skipped or fallen back, and why.

            Examples:
              assay rag query "how to roll back a release" --index out
              assay rag query "как откатить релиз" --index out --top-k 3 --disable-rerank
              assay rag query "error budget" --index out --json
            """
        )
        {
            text,
            folder,
            json,
        };
        settings.AddTo(command);
        observing.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var resolved = settings.Resolve(parsed, surroundings);
                await using var observed = await ObservedCommand.StartAsync(observing.Read(parsed), resolved, output: null, surroundings);
                using var index = RagIndex.Open(parsed.GetValue(folder)!);
                var result = new Retriever(index, resolved, observed.Telemetry).Retrieve(parsed.GetValue(text)!);
                await observed.FinishAsync(cancellationToken);
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, result) : PassageView.WriteAsync(surroundings.Out, result));
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }
}
