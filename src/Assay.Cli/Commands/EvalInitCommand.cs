using System.CommandLine;
using Assay.Cli.Showing;
using Assay.Evaluation.Drafting;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval init</c>: a benchmark from a list of questions.</summary>
internal static class EvalInitCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var questions = new Argument<string>("questions")
        {
            Description =
                "CSV file with a header line: a column of questions and, if you have them, answers, contexts, documents, tags, ids. Headers may be English or Russian.",
            HelpName = "FILE",
        };
        var name = Text("--name", "Name of the benchmark; made from the file's name when left out.", "NAME");
        var catalog = new Option<string>("--catalog")
        {
            Description = "Folder of the catalog, where the files are written.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => "catalog",
        };
        var url = Text("--url", "Ask this service (POST, JSON) instead of a prompt and a model.", "URL");
        var question = Text("--question", "Column of the questions, where its name does not tell.", "COLUMN");
        var answer = Text("--answer", "Column of the expected answers, where its name does not tell.", "COLUMN");
        var force = new Option<bool>("--force") { Description = "Write over files that exist." };
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "init",
            "Make a benchmark from your own questions: a dataset, a benchmark file with metrics and gates, and a prompt. Nothing is written over.",
            """
            assay eval init qa.csv
            assay eval init вопросы.csv --name support --question "Текст обращения" --answer Решение
            assay eval init qa.csv --url http://127.0.0.1:5081/ask
            """
        )
        {
            questions,
            name,
            catalog,
            url,
            question,
            answer,
            force,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var columns = new Dictionary<string, string>(StringComparer.Ordinal);
                Choose(columns, "input", parsed.GetValue(question));
                Choose(columns, "expected", parsed.GetValue(answer));
                var order = new DraftOrder(
                    parsed.GetValue(questions)!,
                    parsed.GetValue(catalog)!,
                    parsed.GetValue(name),
                    Address(parsed.GetValue(url)),
                    columns
                );
                var drafted = DraftedBenchmark.Make(order, parsed.GetValue(force));
                var view = DraftedView.Of(drafted);
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, view) : view.WriteAsync(surroundings.Out));
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }

    private static Option<string?> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static void Choose(Dictionary<string, string> columns, string part, string? column)
    {
        if (column is not null)
        {
            columns[part] = column;
        }
    }

    private static string? Address(string? url) =>
        url is null || (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && !url.Any(char.IsWhiteSpace))
            ? url
            : throw AssayException.Usage($"--url '{url}' is no address.", "Give it whole: http://127.0.0.1:5081/ask");
}
