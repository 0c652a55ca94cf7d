using System.Runtime.CompilerServices;
using Assay.Models.Calls;
using Assay.Models.Chat;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Tests.Metrics.Judged;

/// <summary>A chat model that says what it was told to say, and keeps what it was asked.</summary>
internal sealed class ScriptedModel(params string[] answers) : IChatClient
{
    private readonly Queue<string> left = new(answers);

    /// <summary>The conversations, as they were when asked.</summary>
    public List<IReadOnlyList<ChatMessage>> Asked { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    /// <summary>Thrown in place of an answer when set.</summary>
    public ModelCallException? Fault { get; init; }

    public string Model { get; init; } = "scripted";

    /// <summary>All that the model was told, in one text.</summary>
    public string Told(int call = 0) => string.Join('\n', Asked[call].Select(message => message.Text));

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add([.. messages]);
        Options.Add(options);
        if (Fault is not null)
        {
            throw Fault;
        }

        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, left.Dequeue())) { ModelId = Model };
        return Task.FromResult(response.With(new CallFacts(Model, 5, 1, FromCache: false, null, null)));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", providerUri: null, Model) : null;

    public void Dispose() { }
}
