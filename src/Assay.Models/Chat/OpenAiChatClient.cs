using System.Runtime.CompilerServices;
using Assay.Models.Calls;
using Assay.Telemetry;
using Microsoft.Extensions.AI;

namespace Assay.Models.Chat;

/// <summary>
/// Chat completions of any OpenAI-compatible endpoint: <c>POST {address}/chat/completions</c>. Texts in, text out; tools, pictures and sound are not sent.
/// Made by <see cref="ModelClients.Chat"/>. Safe for several threads.
/// </summary>
internal sealed class OpenAiChatClient : IChatClient
{
    public const string Path = "/chat/completions";

    private readonly ModelConnection connection;
    private readonly ModelCaller caller;
    private readonly ChatRequestWriter writer;
    private readonly ChatClientMetadata metadata;

    public OpenAiChatClient(ModelConnection connection, ModelCaller caller)
    {
        this.connection = connection;
        this.caller = caller;
        writer = new ChatRequestWriter(ChatRequestWriter.TokenLimitOf(connection.Address));
        metadata = new ChatClientMetadata(connection.Provider, connection.Address, connection.Model);
    }

    /// <exception cref="ModelCallException">No answer.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var model = options?.ModelId ?? connection.Model;
        var texts = ChatTexts.Of(messages, options);
        var request = new CallRequest(GenAiOperation.Chat, model, writer.Write(model, texts, options))
        {
            Texts = () => texts.Select(t => t.Text),
            Prompt = ChatFacts.PromptOf(options),
            Repeat = ChatFacts.RepeatOf(options),
            MaxOutputTokens = options?.MaxOutputTokens,
        };
        var called = await caller.CallAsync(request, ChatAnswer.Read, cancellationToken);
        return ((ChatAnswer)called.Answer.Value).ToResponse().With(called.Facts);
    }

    /// <summary>The whole answer at once: the request is not streamed.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType.IsInstanceOfType(this) ? this
        : serviceType.IsInstanceOfType(metadata) ? metadata
        : null;

    /// <summary>Nothing of its own: connections belong to <see cref="ModelClients"/>.</summary>
    public void Dispose() { }
}
