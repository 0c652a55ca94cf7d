using System.CommandLine;

namespace Assay.Cli.Commands;

/// <summary><c>assay rag</c>: the retrieval pipeline.</summary>
internal static class RagCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new(
            "rag",
            """
            Run a hybrid retrieval pipeline on your documents, with every stage traced, metered and summarised.

            What the signals mean: docs/telemetry/rerank_sparse_signals.md
            """
        )
        {
            RagRunCommand.Create(surroundings),
            RagQueryCommand.Create(surroundings),
            RagAskCommand.Create(surroundings),
            RagEvalCommand.Create(surroundings),
        };
}
