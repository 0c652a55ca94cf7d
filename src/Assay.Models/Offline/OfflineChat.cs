using Assay.Models.Calls;
using Assay.Models.Chat;
using Assay.Prices;
using Assay.Text;
using Microsoft.Extensions.AI;

namespace Assay.Models.Offline;

/// <summary>
/// A chat client without a model, for dry runs: it quotes. Asked with passages it answers with the sentences that fit the question
/// (see <see cref="ExtractiveAnswerer"/>); given posts of a channel it makes a digest of their leads (see <see cref="ExtractiveDigest"/>). It reads the
/// last user message only, understands nothing, follows no instruction, and gives the same answer to the same message. Nobody is paid: the cost is 0, and
/// tokens are words.
/// </summary>
/// <param name="time">Measures how long an answer took; the system's clock when left out.</param>
public sealed class OfflineChat(TimeProvider? time = null) : IChatClient
{
    /// <summary>How outputs name the model.</summary>
    public const string Name = "offline/extract";

    private readonly TimeProvider clock = time ?? TimeProvider.System;

    /// <inheritdoc />
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var began = clock.GetTimestamp();
        var all = messages.ToList();
        var text = Answer(all.FindLast(m => m.Role == ChatRole.User)?.Text ?? "");
        var tokens = new TokenUsage(all.Sum(m => Words(m.Text)), CachedInput: 0, CacheWrite: 0, Words(text), Reasoning: 0);
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
        {
            ModelId = Name,
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = tokens.Input, OutputTokenCount = tokens.Output },
        };
        var took = clock.GetElapsedTime(began).TotalMilliseconds;
        return Task.FromResult(response.With(new CallFacts(Name, took, Attempts: 1, FromCache: false, tokens, Money.Zero)));
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var whole = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in whole.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("offline", defaultModelId: Name)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    /// <inheritdoc />
    public void Dispose()
    {
        // Nothing is held.
    }

    private static string Answer(string message)
    {
        var asked = OfflineRequest.Read(message);
        return asked.Posts.Count > 0 ? ExtractiveDigest.Of(asked.Posts, asked.InRussian) : Quoted(asked);
    }

    private static string Quoted(OfflineRequest asked)
    {
        List<Sentence> sentences = [.. asked.Passages.Index().SelectMany(p => PlainSentences.Split(p.Item).Select(s => new Sentence(s, p.Index + 1)))];
        var found = ExtractiveAnswerer.Answer(asked.Question, sentences).Sentences;
        return found.Count > 0 ? string.Join(' ', found.Select(s => $"{s.Text} [{s.Passage}]"))
            : asked.InRussian ? "В приведённых фрагментах нет ответа."
            : "The passages hold no answer.";
    }

    private static long Words(string? text)
    {
        var reader = new TokenReader(text);
        var count = 0L;
        while (reader.Read())
        {
            count++;
        }

        return count;
    }
}
