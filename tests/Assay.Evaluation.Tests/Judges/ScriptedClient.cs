using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Tests.Judges;

/// <summary>A model that says what a test wrote, one reply after the other, and remembers what it was asked.</summary>
internal sealed class ScriptedClient(params Func<IReadOnlyList<ChatMessage>, string>[] replies) : IChatClient
{
    private readonly List<IReadOnlyList<ChatMessage>> asked = [];

    public ScriptedClient(params string[] replies)
        : this([.. replies.Select(reply => (Func<IReadOnlyList<ChatMessage>, string>)(_ => reply))]) { }

    public IReadOnlyList<IReadOnlyList<ChatMessage>> Asked => asked;

    public List<ChatOptions> Options { get; } = [];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        asked.Add([.. messages]);
        Options.Add(options!);
        var reply = replies[Math.Min(asked.Count, replies.Length) - 1](asked[^1]);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, reply)) { ModelId = "scripted" });
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
