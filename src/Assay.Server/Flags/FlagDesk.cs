using System.Collections.Frozen;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Flags;
using Assay.Server.Flags.Streams;

namespace Assay.Server.Flags;

/// <summary>
/// Where flags are decided: files of the catalog and, over them, overrides of the store. A file that is edited wrongly leaves the last good ones in force and
/// says so; overrides win, and no reload undoes them. One change at a time.
/// </summary>
internal sealed class FlagDesk(FlagDocuments documents, FlagFolder folder, SnapshotFeed feed, TimeProvider time) : IDisposable
{
    // Who holds a flag off.
    private const string RollbackActor = "assay canary";

    private readonly SemaphoreSlim gate = new(1, 1);
    private FlagState? state;

    // Flags that a rollback holds off, whatever files and overrides say, until an override that says so is stored; one for each running rollback.
    private readonly Dictionary<string, string> heldOff = new(StringComparer.Ordinal);
    private readonly Lock putting = new();

    // What is wrong with the files as they are now; changes of flags do not mend it.
    private FlagFault? fileFault;

    /// <summary>What is in force.</summary>
    public FlagState State => Volatile.Read(ref state) ?? throw new InvalidOperationException("The flags are not loaded yet.");

    /// <summary>The files.</summary>
    public FlagFolder Folder => folder;

    /// <summary>
    /// Reads files and overrides for the first time. A file that is wrong where an override stands in its place is told, as it is of a hub that runs; the flags are in force.
    /// </summary>
    /// <exception cref="AssayException">A file is wrong (exit code 2).</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var content = folder.Read();
        var overrides = await documents.ListAsync(cancellationToken);
        try
        {
            FlagBuild.Demand(content);
        }
        catch (AssayException e)
        {
            fileFault = FaultOf(e);
        }

        Put(content, overrides);
    }

    /// <summary>Reads the files again if any of them changed.</summary>
    /// <returns>Whether they were read.</returns>
    public async Task<bool> RefreshFilesAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!folder.HasChanged())
            {
                return false;
            }

            var content = folder.Read();
            FlagBuild.Demand(content);
            fileFault = null;
            Put(content, State.Overrides.Values);
        }
        catch (AssayException e) when (fileFault?.Problem == e.Message)
        {
            // Files that cannot be read are tried again at every look; that is told once.
            return false;
        }
        // Also what nobody foresaw: the last good flags stay in force, whatever a file says.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            fileFault = FaultOf(e);
            Volatile.Write(ref state, State with { Fault = fileFault });
        }
        finally
        {
            gate.Release();
        }

        return true;
    }

    /// <summary>Reads the overrides again: another process may have written some.</summary>
    public async Task RefreshOverridesAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var overrides = await documents.ListAsync(cancellationToken);
            if (!overrides.All(o => State.OverrideOf(o.Flag)?.Version == o.Version))
            {
                Put(Content, overrides);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Changes a flag: when the task completes the change is on disk, in its history and in force.</summary>
    /// <exception cref="AssayException">The change is wrong in itself or for the flag (exit code 2).</exception>
    public async Task<ChangeOutcome> ChangeAsync(string flag, FlagChange change, string actor, CancellationToken cancellationToken)
    {
        change.Check();
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!State.Files.ContainsKey(flag))
            {
                return ChangeOutcome.Unknown;
            }

            var before = await documents.FindAsync(flag, cancellationToken);
            if (change.ExpectedVersion is { } expected && expected != (before?.Version ?? 0))
            {
                return new ChangeOutcome(ChangeOutcomeKind.Conflict, before);
            }

            var next = change.Over(before, flag, actor, time.GetUtcNow());
            if (change.Reset || change.Rules is not null || change.Rollout is not null)
            {
                // What is refused must not wait in the store for the next start. A switch is thrown whatever became of files and rules.
                _ = Build(change, next);
            }

            var written = await documents.PutAsync(before, next, cancellationToken);
            if (!written.Done)
            {
                return new ChangeOutcome(ChangeOutcomeKind.Conflict, await documents.FindAsync(flag, cancellationToken));
            }

            var now = next with { Version = written.Version };
            Put(Content, State.Overrides.Values.Where(o => o.Flag != flag).Append(now));
            return new ChangeOutcome(ChangeOutcomeKind.Done, now);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>
    /// Throws the kill switch of a flag in this process at once: no store and no file is needed, also before any was read. It stays thrown, whatever else is decided, until
    /// <see cref="LetGo"/>.
    /// </summary>
    /// <param name="flag">The flag.</param>
    /// <param name="reason">Why, 1 to 500 characters.</param>
    public void HoldOff(string flag, string reason)
    {
        lock (putting)
        {
            heldOff[flag] = reason;
            if (Volatile.Read(ref state) is not null)
            {
                Put(Content, State.Overrides.Values);
            }
        }
    }

    /// <summary>Ends <see cref="HoldOff"/>: what is stored counts again, from the next change or reading on.</summary>
    public void LetGo(string flag)
    {
        lock (putting)
        {
            heldOff.Remove(flag);
        }
    }

    /// <summary>Whether a rollback holds a flag off beside what is stored.</summary>
    public bool IsHeldOff(string flag)
    {
        lock (putting)
        {
            return heldOff.ContainsKey(flag);
        }
    }

    /// <summary>What was decided about a flag, the newest first.</summary>
    public Task<IReadOnlyList<FlagOverride>> HistoryAsync(string flag, int skip, int limit, CancellationToken cancellationToken) =>
        documents.HistoryAsync(flag, skip, limit, cancellationToken);

    /// <summary>The flags as they would be after a change that nobody made.</summary>
    /// <exception cref="AssayException">The change is wrong in itself or for the flag (exit code 2).</exception>
    public FlagSet Try(string flag, FlagChange change)
    {
        change.CheckWhatChanges();
        var now = State;
        var next = change.Over(now.OverrideOf(flag), flag, actor: "", time.GetUtcNow());
        return Build(change, next);
    }

    public void Dispose() => gate.Dispose();

    private FolderContent Content => new([.. State.Files.Values], [.. State.Experiments.Values]);

    // Switches count whatever became of the rules that were decided earlier; new rules and shares must fit.
    private FlagSet Build(FlagChange change, FlagOverride next)
    {
        var now = State;
        var built = FlagBuild.Flags(now.Files.Values, now.Overrides.Values.Where(o => o.Flag != next.Flag).Append(next));
        var misfit = change.Rules is null && change.Rollout is null ? null : built.Misfits.FirstOrDefault(m => m.Flag == next.Flag);
        return misfit is null ? built.Set : throw misfit.Problem;
    }

    private void Put(FolderContent content, IEnumerable<FlagOverride> overrides)
    {
        lock (putting)
        {
            PutHeldOff(content, overrides.ToDictionary(o => o.Flag, StringComparer.Ordinal));
        }
    }

    private void PutHeldOff(FolderContent content, Dictionary<string, FlagOverride> decided)
    {
        foreach (var (flag, reason) in heldOff)
        {
            decided[flag] = decided.TryGetValue(flag, out var there)
                ? there with
                {
                    Killed = true,
                }
                : new FlagOverride
                {
                    Flag = flag,
                    Killed = true,
                    Actor = RollbackActor,
                    Reason = reason,
                    At = time.GetUtcNow(),
                };
        }

        var all = decided.ToFrozenDictionary(StringComparer.Ordinal);
        var built = FlagBuild.Flags(content.Flags, all.Values);
        var snapshot = FlagBuild.Snapshot(built.Set, ExperimentSet.Build(content.Experiments));
        var now = time.GetUtcNow();
        var next = new FlagState(
            content.Flags.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal),
            content.Experiments.ToFrozenDictionary(e => e.Name, StringComparer.Ordinal),
            all,
            snapshot,
            snapshot.ToJson(),
            now,
            fileFault ?? FaultOf(built.Misfits, now)
        )
        {
            Misfits = built.Misfits.Select(m => m.Flag).ToFrozenSet(StringComparer.Ordinal),
        };
        Volatile.Write(ref state, next);
        feed.Publish(snapshot.Version, now);
    }

    private FlagFault FaultOf(Exception e) =>
        e is AssayException known
            ? new FlagFault(known.Message, known.Fix, time.GetUtcNow())
            : new FlagFault($"The files of flags and experiments cannot be used: {e.Message}", "Take back what was changed last.", time.GetUtcNow());

    private static FlagFault? FaultOf(IReadOnlyList<Misfit> misfits, DateTimeOffset now) =>
        misfits.Count == 0
            ? null
            : new FlagFault(
                $"The override of '{misfits[0].Flag}' does not fit its file: {misfits[0].Problem.Message}"
                    + (misfits.Count > 1 ? $" So it is with {misfits.Count - 1} more." : ""),
                "Its switches are in force, its rules and shares are not. Set them anew, or reset it with `assay flag set NAME --reset`.",
                now
            );
}

/// <summary>What became of a change.</summary>
/// <param name="Kind">Whether it was made.</param>
/// <param name="Override">The override that is in force; null for none.</param>
internal sealed record ChangeOutcome(ChangeOutcomeKind Kind, FlagOverride? Override)
{
    public static readonly ChangeOutcome Unknown = new(ChangeOutcomeKind.Unknown, null);
}

/// <summary>Whether a change was made.</summary>
internal enum ChangeOutcomeKind
{
    /// <summary>It is in force.</summary>
    Done,

    /// <summary>There is no such flag.</summary>
    Unknown,

    /// <summary>The flag has another version than was expected.</summary>
    Conflict,
}
