using Assay.Experimentation.Experiments;
using Assay.Experimentation.Flags;
using Assay.Hashing;

namespace Assay.Server.Flags;

/// <summary>Makes a snapshot of files and overrides.</summary>
internal static class FlagBuild
{
    /// <summary>Flags and experiments as one snapshot; its version is a hash of all it says, so that a hub that starts again has the same.</summary>
    public static Snapshot Snapshot(FlagSet flags, ExperimentSet experiments)
    {
        var content = new Snapshot(flags, experiments, "").ToJson();
        return new Snapshot(flags, experiments, XxHash64.Hash(content.Span).ToString("x16"));
    }

    /// <summary>
    /// Refuses files that are wrong by themselves, also where an override stands in the place of what is wrong: whoever edits a file hears of it then, and not when the
    /// override is taken away.
    /// </summary>
    /// <exception cref="AssayException">A file is wrong (exit code 2).</exception>
    public static void Demand(FolderContent content) => _ = FlagSet.Build(content.Flags, []);

    /// <summary>
    /// Flags of files and overrides. An override that no longer fits its file (its variant is gone) loses its rules and shares and keeps its switches: a kill
    /// switch works whatever became of the file.
    /// </summary>
    /// <exception cref="AssayException">The files are wrong by themselves (exit code 2).</exception>
    public static BuiltFlags Flags(IReadOnlyCollection<FlagFile> files, IEnumerable<FlagOverride> overrides)
    {
        var names = files.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var known = overrides.Where(o => names.Contains(o.Flag)).ToList();
        if (Try(files, known) is { Set: { } all })
        {
            return new BuiltFlags(all, []);
        }

        _ = FlagSet.Build(files, []);
        var misfits = new List<Misfit>();
        Find(files, known, misfits);
        var kept = known.Select(o => misfits.Exists(m => m.Flag == o.Flag) ? o with { Rules = null, Rollout = null } : o);
        return new BuiltFlags(FlagSet.Build(files, kept), misfits);
    }

    // By halves: few are wrong of many.
    private static void Find(IReadOnlyCollection<FlagFile> files, List<FlagOverride> overrides, List<Misfit> misfits)
    {
        if (overrides.Count == 0 || Try(files, overrides) is not { Problem: { } problem })
        {
            return;
        }

        if (overrides.Count == 1)
        {
            misfits.Add(new Misfit(overrides[0].Flag, problem));
            return;
        }

        var half = overrides.Count / 2;
        Find(files, overrides[..half], misfits);
        Find(files, overrides[half..], misfits);
    }

    private static (FlagSet? Set, AssayException? Problem) Try(IReadOnlyCollection<FlagFile> files, IReadOnlyCollection<FlagOverride> overrides)
    {
        try
        {
            return (FlagSet.Build(files, overrides), null);
        }
        catch (AssayException e) when (e.ExitCode == ExitCode.WrongUsage)
        {
            return (null, e);
        }
    }
}

/// <summary>Flags that were built.</summary>
/// <param name="Set">The flags.</param>
/// <param name="Misfits">Overrides of which only the switches are in force.</param>
internal sealed record BuiltFlags(FlagSet Set, IReadOnlyList<Misfit> Misfits);

/// <summary>An override that does not fit its flag's file.</summary>
internal sealed record Misfit(string Flag, AssayException Problem);
