using System.CommandLine;
using Assay.Cli.Showing;

namespace Assay.Cli.Commands;

/// <summary><c>assay rag query</c>: ranked passages with the score of every stage.</summary>
internal static class RagQueryCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var command = new ExampleCommand(
            "query",
            "Rank passages for a query and show what each stage made of them: applied, skipped or fallen back, and why.",
            """
            assay rag query "how to roll back a release" --index out
            assay rag query "как откатить релиз" --index out --top-k 3 --disable-rerank
            assay rag query "error budget" --index out --json
            assay rag query "error budget" --reranker http://127.0.0.1:8080 --reranker-model bge-reranker-v2-m3
            """
        );
        var text = new Argument<string>("text") { Description = "What to look for, English or Russian." };
        return SearchCommand.Create(
            command,
            text,
            surroundings,
            answering: false,
            async (result, _, asJson, _) =>
            {
                await (asJson ? JsonOutput.WriteAsync(surroundings.Out, result) : PassageView.WriteAsync(surroundings.Out, result));
                return ExitCode.Pass;
            }
        );
    }
}
