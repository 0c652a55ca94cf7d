using System.CommandLine;
using Assay.Cli.Showing;
using Assay.Models.Offline;
using Assay.Rag.Answering;

namespace Assay.Cli.Commands;

/// <summary><c>assay rag ask</c>: an answer with citations; offline it quotes sentences and says so.</summary>
internal static class RagAskCommand
{
    private const int Width = 80;

    public static Command Create(CommandSurroundings surroundings)
    {
        var command = new ExampleCommand(
            "ask",
            "Answer a question from the indexed documents, with citations. Without --chat the answer is made of quoted sentences and labelled so. "
                + "Exit code 3 when the documents hold no answer.",
            """
            assay rag ask "How do I roll back?" --index out
            assay rag ask "Сколько длится шаг канарейки?" --index out --json
            assay rag ask "How do I roll back?" --chat https://api.openai.com/v1 --chat-model gpt-4.1-mini
            """
        );
        var question = new Argument<string>("question") { Description = "The question, English or Russian." };
        return SearchCommand.Create(
            command,
            question,
            surroundings,
            answering: true,
            async (result, models, asJson, cancellationToken) =>
            {
                var answer = models.Chat is { } chat ? await new ChatAnswerer(chat).AnswerAsync(result, cancellationToken) : Answerer.Answer(result);
                await (asJson ? JsonOutput.WriteAsync(surroundings.Out, answer) : WriteAsync(surroundings.Out, answer));
                return answer.Sentences.Count > 0 ? ExitCode.Pass : ExitCode.Inconclusive;
            }
        );
    }

    private static async Task WriteAsync(TextWriter output, CitedAnswer answer)
    {
        if (answer.Sentences.Count == 0)
        {
            await output.WriteLineAsync(
                answer.Model == ExtractiveAnswerer.Name
                    ? "No answer: no retrieved sentence shares enough with the question."
                    : "No answer: the retrieved passages do not hold it."
            );
        }

        foreach (var line in answer.Sentences.SelectMany(s => PassageView.Wrap(s.Passage > 0 ? $"{s.Text} [{s.Passage}]" : s.Text, Width)))
        {
            await output.WriteLineAsync(line);
        }

        await output.WriteLineAsync();
        var sources = answer.Citations.OrderBy(c => c.Key).Select(c => $"[{c.Key}] {c.Value.DocumentId} {c.Value.HeadingPath}");
        foreach (var line in sources.Append(ModelLine(answer)).SelectMany(Wrapped))
        {
            await output.WriteLineAsync(line);
        }

        await PassageView.WriteStagesAsync(output, answer.Retrieval.Stages);
    }

    private static string ModelLine(CitedAnswer answer) =>
        answer.Model switch
        {
            ExtractiveAnswerer.Name => $"model: {ExtractiveAnswerer.Name} (sentences quoted from the documents; no language model ran)",
            "" => "model: none was asked, for no passage was found",
            var model => $"model: {model} (written by a language model: check it against the passages)",
        };

    private static IEnumerable<string> Wrapped(string text) => PassageView.Wrap(text, Width);
}
