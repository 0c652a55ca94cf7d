using System.CommandLine;
using Assay.Cli.Observing;
using Assay.Rag.Retrieving;

namespace Assay.Cli.Commands;

/// <summary>What <c>query</c> and <c>ask</c> have in common: a text, an index, and passages to show.</summary>
internal static class SearchCommand
{
    /// <summary>Shows what was retrieved, as JSON or as text, and says how the command ends.</summary>
    internal delegate Task<ExitCode> Show(RetrievalResult result, AskedModels models, bool asJson, CancellationToken cancellationToken);

    public static Command Create(ExampleCommand command, Argument<string> text, CommandSurroundings surroundings, bool answering, Show show)
    {
        var folder = CommonOptions.Index();
        var json = CommonOptions.Json();
        var settings = new SettingOptions(indexing: false);
        var asked = new ModelOptions(answering);
        var observing = new ObservingOptions();
        command.Arguments.Add(text);
        command.Options.Add(folder);
        command.Options.Add(json);
        settings.AddTo(command);
        asked.AddTo(command);
        observing.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var resolved = settings.Resolve(parsed, surroundings);
                using var models = asked.Read(parsed, surroundings);
                await using var observed = await ObservedRag.StartAsync(observing.Read(parsed), resolved, output: null, surroundings);
                using var telemetry = observed.NewRagTelemetry();
                using var index = RagIndex.Open(parsed.GetValue(folder)!);
                var retriever = new Retriever(index, resolved, telemetry) { Live = models.Live };
                var result = await retriever.RetrieveAsync(parsed.GetValue(text)!, cancellationToken);
                var ended = await show(result, models, parsed.GetValue(json), cancellationToken);
                await observed.FinishAsync(cancellationToken);
                return (int)ended;
            }
        );
        return command;
    }
}
