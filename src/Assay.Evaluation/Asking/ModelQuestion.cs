using System.Text.Json;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Prompts;
using Assay.Models.Calls;
using Assay.Models.Chat;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Asking;

/// <summary>Asks a model for JSON. An answer that cannot be used is shown to it with what is wrong, once; after that there is no answer.</summary>
/// <param name="chat">The model.</param>
/// <param name="model">Its name; empty for the prompt's, else the one that the client was made for.</param>
/// <param name="output">How it is told to answer in JSON: <c>schema</c>, <c>object</c> or <c>text</c>.</param>
/// <param name="schema">The JSON schema of the answer.</param>
internal sealed class ModelQuestion(IChatClient chat, string model, string output, JsonElement schema)
{
    /// <summary>Answers asked for: the first, and one more when it cannot be used.</summary>
    private const int MaxAnswers = 2;

    /// <summary>How much of an unusable answer the model is shown, in characters.</summary>
    private const int MaxShown = 4_000;

    /// <summary>Asks.</summary>
    /// <param name="prompt">The prompt; its id and the repeat are part of the cache key.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="repeat">From 0.</param>
    /// <param name="read">Reads the model's JSON, or says what is wrong with it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModelCallException">The model refuses or the budget is spent; every other fault is a reply without a value.</exception>
    public async ValueTask<Reply<T>> AskAsync<T>(
        Prompt prompt,
        IReadOnlyDictionary<string, string> fields,
        int repeat,
        Func<JsonElement, Reading<T>> read,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var messages = prompt.Render(fields).ToList();
        var calls = new List<CallFacts>(1);
        var problem = "";
        for (var i = 0; i < MaxAnswers; i++)
        {
            string text;
            try
            {
                var response = await chat.GetResponseAsync(messages, Options(prompt, repeat), cancellationToken);
                calls.Add(response.Facts());
                text = response.Text;
            }
            catch (ModelCallException e) when (!e.StopsWork)
            {
                return new Reply<T>(null, e.Message, e.Facts is { } facts ? [.. calls, facts] : calls);
            }

            var reading = JsonReply.Read(text, read);
            if (reading.Value is { } value)
            {
                return new Reply<T>(value, "", calls);
            }

            problem = reading.Problem;
            messages = [.. messages.Take(prompt.System.Length == 0 ? 1 : 2), new(ChatRole.Assistant, Cut(text)), new(ChatRole.User, Again(prompt, problem))];
        }

        return new Reply<T>(null, $"The model gave no usable answer in {MaxAnswers} attempts: {problem}", calls);
    }

    private ChatOptions Options(Prompt prompt, int repeat)
    {
        var options = prompt.Options(model, repeat);
        options.ResponseFormat = output switch
        {
            "schema" => ChatResponseFormat.ForJsonSchema(schema, "reply"),
            "object" => ChatResponseFormat.Json,
            _ => null,
        };
        return options;
    }

    private static string Cut(string text) => text.Length <= MaxShown ? text : text[..MaxShown];

    private static string Again(Prompt prompt, string problem) =>
        prompt.Language == TextLanguage.Russian
            ? $"Этот ответ нельзя использовать: {problem}. Ответь ещё раз: только объект JSON, как описано выше."
            : $"This answer cannot be used: {problem}. Answer again: the JSON object alone, as described above.";
}

/// <summary>What a model answered in the end: a value, or what went wrong.</summary>
internal sealed record Reply<T>(T? Value, string Problem, IReadOnlyList<CallFacts> Calls)
    where T : class;

/// <summary>What reading one answer gave: a value, or what is wrong with it, in words for the model.</summary>
internal readonly record struct Reading<T>(T? Value, string Problem)
    where T : class;
