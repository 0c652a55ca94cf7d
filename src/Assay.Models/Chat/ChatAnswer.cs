using System.Text.Json;
using Assay.Models.Calls;
using Assay.Prices;
using Assay.Text;
using Microsoft.Extensions.AI;

namespace Assay.Models.Chat;

/// <summary>
/// What a chat completion says. Fields: platform.openai.com/docs/api-reference/chat/object. Whatever else a server adds is passed over.
/// </summary>
internal sealed record ChatAnswer(string Id, string Model, string Text, string? FinishReason, bool IsRefusal, DateTimeOffset? Created, TokenUsage? Tokens)
{
    /// <exception cref="MalformedAnswerException">It is no chat completion.</exception>
    public static ReadAnswer Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonAnswer.Parse(body);
        var answer = Of(document.RootElement);
        return new ReadAnswer(answer, answer.Model, answer.Tokens, answer.FinishReason);
    }

    public ChatResponse ToResponse()
    {
        var usage = Tokens is { } tokens
            ? new UsageDetails
            {
                InputTokenCount = tokens.AllInput,
                OutputTokenCount = tokens.AllOutput,
                TotalTokenCount = tokens.AllInput + tokens.AllOutput,
                CachedInputTokenCount = tokens.CachedInput,
                ReasoningTokenCount = tokens.Reasoning,
            }
            : null;
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, Text))
        {
            ResponseId = Id,
            ModelId = Model,
            CreatedAt = Created,
            FinishReason =
                IsRefusal ? ChatFinishReason.ContentFilter
                : FinishReason is { } reason ? new ChatFinishReason(reason)
                : null,
            Usage = usage,
        };
    }

    private static ChatAnswer Of(JsonElement root)
    {
        JsonAnswer.DemandObject(root, "a chat completion");
        if (!root.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0)
        {
            throw new MalformedAnswerException("it has no 'choices'.");
        }

        var choice = choices[0];
        if (choice.ValueKind != JsonValueKind.Object || !choice.TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.Object)
        {
            throw new MalformedAnswerException("its choice has no 'message'.");
        }

        var refusal = JsonAnswer.Text(message, "refusal");
        return new ChatAnswer(
            JsonAnswer.Text(root, "id") ?? "",
            JsonAnswer.Text(root, "model") ?? "",
            refusal ?? Content(message),
            JsonAnswer.Text(choice, "finish_reason"),
            refusal is not null,
            JsonAnswer.Count(root, "created") is { } seconds and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            Usage(root)
        );
    }

    private static string Content(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content))
        {
            throw new MalformedAnswerException("its message has no 'content'.");
        }

        return content.ValueKind switch
        {
            JsonValueKind.String => JsonText.Of(content),
            // A model that spent all its tokens on reasoning says nothing.
            JsonValueKind.Null => "",
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part => JsonAnswer.Text(part, "text") ?? "")),
            _ => throw new MalformedAnswerException("its 'content' is no text."),
        };
    }

    /// <summary>Null when counts are missing, negative or contradict each other: an unknown count is not 0.</summary>
    private static TokenUsage? Usage(JsonElement root)
    {
        if (
            !root.TryGetProperty("usage", out var usage)
            || usage.ValueKind != JsonValueKind.Object
            || JsonAnswer.Count(usage, "prompt_tokens") is not { } input
            || JsonAnswer.Count(usage, "completion_tokens") is not { } output
        )
        {
            return null;
        }

        var cached = Detail(usage, "prompt_tokens_details", "cached_tokens");
        var reasoning = Detail(usage, "completion_tokens_details", "reasoning_tokens");
        var tokens = new TokenUsage(input - cached, cached, 0, output - reasoning, reasoning);
        return TokenPrices.AreSane(tokens) ? tokens : null;
    }

    private static long Detail(JsonElement usage, string group, string name) =>
        usage.TryGetProperty(group, out var details) && details.ValueKind == JsonValueKind.Object ? JsonAnswer.Count(details, name) ?? 0 : 0;
}
