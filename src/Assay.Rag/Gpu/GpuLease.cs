using Assay.Files;

namespace Assay.Rag.Gpu;

/// <summary>
/// One GPU stage at a time, in this process and among all processes of the same user: an operating-system lock on a file, which the system itself
/// frees when its holder dies, however it dies. Stages that name different devices do not wait for each other, and neither waits for "all".
/// A stage must not ask for a lease while it holds one: it would wait for itself until the bound.
/// </summary>
internal sealed class GpuLease : IDisposable
{
    // flock answers EWOULDBLOCK (11 on Linux, 35 on macOS), Windows a sharing or a lock violation.
    private static readonly int[] HeldErrors = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    // Callers of this process queue here in order; only the first of them polls the file.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TimeProvider _time;
    private readonly TimeSpan _wait;
    private readonly TimeSpan _poll;
    private readonly bool _ownFolder;

    /// <param name="folder">The folder of the lock file, created with mode 0700; the default is that of <see cref="GpuLeaseFolder.Default"/>.</param>
    /// <param name="device">The device that the stages use; null for "all".</param>
    /// <param name="wait">The longest wait for the lease; the default is 10 minutes.</param>
    /// <param name="poll">Between two tries while another process holds it; the default is 100 ms.</param>
    /// <param name="time">The clock; the default is the system's.</param>
    public GpuLease(string? folder = null, int? device = null, TimeSpan? wait = null, TimeSpan? poll = null, TimeProvider? time = null)
    {
        _ownFolder = folder is null;
        var place = Path.GetFullPath(folder ?? GpuLeaseFolder.Default(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), Environment.UserName));
        LockPath = Path.Combine(place, $"gpu-{device?.ToString() ?? "all"}.lock");
        HolderPath = Path.ChangeExtension(LockPath, ".holder");
        _wait = wait ?? TimeSpan.FromMinutes(10);
        _poll = poll ?? TimeSpan.FromMilliseconds(100);
        _time = time ?? TimeProvider.System;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_wait, TimeSpan.Zero, nameof(wait));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_poll, TimeSpan.Zero, nameof(poll));
    }

    public string LockPath { get; }

    /// <summary>A line for people: the process and the stage that hold the lock. Best effort, never read to decide anything.</summary>
    public string HolderPath { get; }

    /// <summary>Waits for the lease. Dispose the result to give it back.</summary>
    /// <exception cref="AssayException">The wait passed its bound, or the lock file cannot be used (exit code 4).</exception>
    public async Task<GpuLeaseHold> AcquireAsync(string stage, CancellationToken cancellationToken)
    {
        GpuLeaseFolder.Ensure(Path.GetDirectoryName(LockPath)!, _ownFolder);
        var started = _time.GetTimestamp();
        using var bound = new CancellationTokenSource(_wait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            var file = await LockInTurnAsync(either.Token);
            WriteHolder(stage);
            return new GpuLeaseHold(stage, _time.GetElapsedTime(started), () => Release(file));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(stage);
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<FileStream> LockInTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            FileStream? file;
            while ((file = TryLock()) is null)
                await Task.Delay(_poll, _time, cancellationToken);
            return file;
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    private FileStream? TryLock()
    {
        try
        {
            return new FileStream(LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException e) when (HeldErrors.Contains(e.HResult))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure($"Cannot lock '{LockPath}': {e.Message}", "Make the file and its folder writable for this user.", e);
        }
    }

    private void Release(FileStream file)
    {
        // The note goes first: once the lock is free, the file may hold the next holder's note. The lock file itself stays,
        // because a waiter may have opened it already and would then hold a lock on a file that nobody else can see.
        BestEffort(() => File.Delete(HolderPath));
        file.Dispose();
        _turn.Release();
    }

    private void WriteHolder(string stage) =>
        BestEffort(() => AtomicFile.WriteText(HolderPath, $"pid {Environment.ProcessId}, stage {stage}, since {_time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}\n"));

    private AssayException TimedOut(string stage) =>
        AssayException.Infrastructure(
            $"Stage '{stage}' waited {_wait.TotalSeconds:0.###} s for the GPU lease '{LockPath}', held by {Holder()}.",
            "Wait for that process or stop it; its lease is free as soon as it has ended."
        );

    private string Holder()
    {
        var holder = "";
        BestEffort(() =>
        {
            using var reader = new StreamReader(HolderPath);
            var head = new char[OneLine.MaxLength];
            holder = OneLine.Of(new string(head, 0, reader.ReadBlock(head)));
        });
        return holder.Length > 0 ? holder : "a process that left no note";
    }

    private static void BestEffort(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or AssayException)
        {
            // The note only makes a message friendlier; the lock is what excludes.
        }
    }
}

/// <summary>The lease while a stage has it. Disposing it gives it back; doing so again does nothing.</summary>
internal sealed class GpuLeaseHold(string stage, TimeSpan waited, Action release) : IDisposable
{
    private Action? _release = release;

    public string Stage => stage;

    /// <summary>How long the stage stood in the queue.</summary>
    public TimeSpan Waited => waited;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
