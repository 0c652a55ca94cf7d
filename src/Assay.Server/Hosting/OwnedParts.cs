namespace Assay.Server.Hosting;

/// <summary>What a hub is made of; put away in reverse order, even when making it failed half way.</summary>
internal sealed class OwnedParts : IAsyncDisposable
{
    private readonly Stack<object> parts = new();

    public T Add<T>(T part)
        where T : class
    {
        parts.Push(part);
        return part;
    }

    public async ValueTask DisposeAsync()
    {
        while (parts.TryPop(out var part))
        {
            if (part is IAsyncDisposable closing)
            {
                await closing.DisposeAsync();
            }
            else
            {
                (part as IDisposable)?.Dispose();
            }
        }
    }
}
