using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Evaluation.Prompts;
using Assay.Models.Calls;
using Assay.Models.Chat;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Judges;

/// <summary>What a model replied in the end: a value, or what went wrong.</summary>
internal sealed record JudgeOutcome<T>(T? Value, string Problem, IReadOnlyList<CallFacts> Calls)
    where T : class;

/// <summary>Asks a model once; a reply that cannot be used is shown to it with what is wrong, once. After that it is an error.</summary>
/// <param name="client">The model.</param>
/// <param name="model">Its name; empty for the one that the client was made for.</param>
/// <param name="schema">The JSON schema of a reply.</param>
internal sealed class JudgeDialogue(IChatClient client, string model, JsonElement schema)
{
    private const int MaxReplies = 2;

    // What of an unusable reply is shown to the model again, in characters.
    private const int MaxShown = 4_000;

    /// <exception cref="ModelCallException">The model refuses or the budget is spent; every other fault is an outcome without a value.</exception>
    public async ValueTask<JudgeOutcome<T>> AskAsync<T>(
        Prompt prompt,
        IReadOnlyDictionary<string, string> fields,
        int repeat,
        Func<string, ReadReply<T>> read,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var asked = prompt.Render(fields);
        var messages = asked;
        var calls = new List<CallFacts>(1);
        var problem = "";
        for (var i = 0; i < MaxReplies; i++)
        {
            string text;
            try
            {
                var response = await client.GetResponseAsync(messages, Options(prompt, repeat), cancellationToken);
                calls.Add(response.Facts());
                text = response.Text;
            }
            catch (ModelCallException e) when (!e.StopsWork)
            {
                return new JudgeOutcome<T>(null, e.Message, e.Facts is { } facts ? [.. calls, facts] : calls);
            }

            var reply = read(text);
            if (reply.Value is not null)
            {
                return new JudgeOutcome<T>(reply.Value, "", calls);
            }

            problem = reply.Problem;
            messages = [.. asked, new ChatMessage(ChatRole.Assistant, Cut(text)), new ChatMessage(ChatRole.User, Again(prompt, problem))];
        }

        return new JudgeOutcome<T>(null, $"The judge gave no usable reply, asked twice: {problem}.", calls);
    }

    /// <summary>A schema of an object that has a reason and one more property, and nothing else.</summary>
    public static JsonElement Schema(string property, JsonNode of)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["reason"] = new JsonObject { ["type"] = "string" },
                [property] = of,
            },
            ["required"] = new JsonArray("reason", property),
            ["additionalProperties"] = false,
        };
        return JsonSerializer.SerializeToElement(schema);
    }

    private ChatOptions Options(Prompt prompt, int repeat)
    {
        var options = prompt.Options(model, repeat);
        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "judgement");
        return options;
    }

    private static string Cut(string text) => text.Length <= MaxShown ? text : text[..MaxShown];

    private static string Again(Prompt prompt, string problem) =>
        prompt.Language == "ru"
            ? $"Этот ответ нельзя использовать: {problem}. Ответь ещё раз: только объект JSON, как описано выше."
            : $"This reply cannot be used: {problem}. Reply again: the JSON object alone, as described above.";
}
