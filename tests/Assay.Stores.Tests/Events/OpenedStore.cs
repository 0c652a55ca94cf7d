namespace Assay.Stores.Tests.Events;

/// <summary>A store under test, which can be closed and opened again with what it holds.</summary>
internal abstract class OpenedStore : IAsyncDisposable
{
    public abstract IEventStore Events { get; }

    public abstract Task RestartAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
