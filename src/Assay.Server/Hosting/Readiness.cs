using Assay.Stores;

namespace Assay.Server.Hosting;

/// <summary>Something that the hub's work stands on; rooms register theirs.</summary>
internal interface IReadinessCheck
{
    /// <summary>What is looked at: <c>store</c>.</summary>
    string Name { get; }

    /// <summary>Whether the hub cannot do its work without it; else it works on, worse, and says so. The default is true.</summary>
    bool IsVital => true;

    /// <summary>Null when it is well, else what is wrong and what to do.</summary>
    ValueTask<string?> FaultAsync(CancellationToken cancellationToken);
}

/// <summary>Whether the hub can do its work, and how well.</summary>
internal enum HubHealth
{
    /// <summary>All checks passed.</summary>
    Ready,

    /// <summary>It works, but not as it was told to: what is wrong is in the checks.</summary>
    Degraded,

    /// <summary>It cannot do its work.</summary>
    NotReady,
}

/// <summary>Whether the hub can do its work.</summary>
/// <param name="Ready">Whether every check passed without which it cannot.</param>
/// <param name="Status">How well.</param>
/// <param name="Checks">Each check.</param>
internal sealed record ReadinessReport(bool Ready, HubHealth Status, IReadOnlyList<ReadinessCheck> Checks)
{
    public static ReadinessReport Of(IReadOnlyList<ReadinessCheck> checks)
    {
        var failed = checks.Where(c => !c.Ok).ToList();
        var status =
            failed.Count == 0 ? HubHealth.Ready
            : failed.Exists(c => c.IsVital) ? HubHealth.NotReady
            : HubHealth.Degraded;
        return new ReadinessReport(status != HubHealth.NotReady, status, checks);
    }
}

/// <summary>One check.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Ok">Whether it is well.</param>
/// <param name="IsVital">Whether the hub cannot do its work without it.</param>
/// <param name="Reason">What is wrong and what to do; null when it is well.</param>
internal sealed record ReadinessCheck(string Name, bool Ok, bool IsVital, string? Reason);

/// <summary>Runs the checks; at most once a second, because anyone may ask.</summary>
internal sealed class Readiness(IEnumerable<IReadinessCheck> checks, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<IReadinessCheck> checks = [.. checks];
    private readonly SemaphoreSlim gate = new(1, 1);
    private ReadinessReport? last;
    private long lastAt;

    public async Task<ReadinessReport> ReadAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (last is null || time.GetElapsedTime(lastAt) >= Kept)
            {
                last = await RunAsync(cancellationToken);
                lastAt = time.GetTimestamp();
            }

            return last;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<ReadinessReport> RunAsync(CancellationToken cancellationToken)
    {
        var done = new List<ReadinessCheck>();
        foreach (var check in checks)
        {
            var fault = await FaultAsync(check, cancellationToken);
            done.Add(new ReadinessCheck(check.Name, fault is null, check.IsVital, fault));
        }

        return ReadinessReport.Of(done);
    }

    private static async Task<string?> FaultAsync(IReadinessCheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.FaultAsync(cancellationToken);
        }
        catch (AssayException e)
        {
            return $"{e.Message} {e.Fix}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreBusyException)
        {
            return e.Message;
        }
    }
}
