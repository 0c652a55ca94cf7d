using Assay.Models.Chat;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Running;

/// <summary>Keeps calls of a model within requests and tokens per minute. Answers from the cache give their share back.</summary>
/// <param name="inner">The model.</param>
/// <param name="requests">Requests; null for no limit.</param>
/// <param name="tokens">Tokens; null for no limit.</param>
internal sealed class PacedChat(IChatClient inner, Pace? requests, Pace? tokens) : DelegatingChatClient(inner)
{
    /// <summary>What a token is taken for before the endpoint counts them: 4 characters, the usual rule of thumb for English.</summary>
    private const int CharactersPerToken = 4;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var asked = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var estimate = (asked.Sum(message => (long)message.Text.Length) / CharactersPerToken) + (options?.MaxOutputTokens ?? 0);
        await Task.WhenAll(
            requests?.WaitAsync(1, cancellationToken) ?? Task.CompletedTask,
            tokens?.WaitAsync(estimate, cancellationToken) ?? Task.CompletedTask
        );
        var response = await base.GetResponseAsync(asked, options, cancellationToken);
        var facts = response.Facts();
        requests?.Settle(facts.Attempts - 1);
        tokens?.Settle(facts.FromCache ? -estimate : (facts.Tokens is { } used ? used.AllInput + used.AllOutput : estimate) - estimate);
        return response;
    }
}
