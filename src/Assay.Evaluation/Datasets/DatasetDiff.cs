namespace Assay.Evaluation.Datasets;

/// <summary>What one version of a dataset has that another has not, by the ids of cases.</summary>
/// <param name="From">The old version.</param>
/// <param name="To">The new one.</param>
/// <param name="Added">How many cases only the new one has.</param>
/// <param name="Removed">How many only the old one has.</param>
/// <param name="Changed">How many both have, with another content.</param>
/// <param name="Unchanged">How many are the same.</param>
/// <param name="Listed">The differences, at most <see cref="MaxListed"/>: removed and changed in the order of the old version, then added in that of the new one.</param>
public sealed record DatasetDiff(DatasetIdentity From, DatasetIdentity To, int Added, int Removed, int Changed, int Unchanged, IReadOnlyList<CaseChange> Listed)
{
    /// <summary>Differences that are listed; all are counted.</summary>
    public const int MaxListed = 1_000;

    /// <summary>Whether the two hold the same cases; their order may differ, and then their hashes do.</summary>
    public bool SameCases => Added + Removed + Changed == 0;

    /// <summary>Compares. Fingerprints of the old version are held in memory, texts only of what is listed.</summary>
    /// <exception cref="AssayException">A line is wrong (exit code 2).</exception>
    public static DatasetDiff Of(Dataset from, Dataset to)
    {
        var before = from.Read().ToDictionary(c => c.Id, CaseFingerprint.Of, StringComparer.Ordinal);
        var (added, changed, unchanged) = (new List<CaseChange>(), new Dictionary<string, Case>(StringComparer.Ordinal), 0);
        var (addedCount, changedCount) = (0, 0);
        foreach (var now in to.Read())
        {
            if (!before.Remove(now.Id, out var fingerprint))
            {
                addedCount++;
                Keep(added, new CaseChange(now.Id, ChangeKind.Added, []));
            }
            else if (fingerprint == CaseFingerprint.Of(now))
            {
                unchanged++;
            }
            else
            {
                changedCount++;
                Keep(changed, now);
            }
        }

        var old = Differences(from, before, changed);
        return new(from.Identity, to.Identity, addedCount, before.Count, changedCount, unchanged, [.. old.Concat(added).Take(MaxListed)]);
    }

    private static IEnumerable<CaseChange> Differences(Dataset from, Dictionary<string, UInt128> removed, Dictionary<string, Case> changed) =>
        from.Read()
            .Select(was =>
                removed.ContainsKey(was.Id) ? new CaseChange(was.Id, ChangeKind.Removed, [])
                : changed.TryGetValue(was.Id, out var now) ? new CaseChange(was.Id, ChangeKind.Changed, CasePart.Differences(was, now))
                : null
            )
            .OfType<CaseChange>();

    private static void Keep(List<CaseChange> list, CaseChange change)
    {
        if (list.Count < MaxListed)
        {
            list.Add(change);
        }
    }

    private static void Keep(Dictionary<string, Case> cases, Case changed)
    {
        if (cases.Count < MaxListed)
        {
            cases[changed.Id] = changed;
        }
    }
}

/// <summary>What became of a case.</summary>
public enum ChangeKind
{
    /// <summary>Only the new version has it.</summary>
    Added,

    /// <summary>Only the old version has it.</summary>
    Removed,

    /// <summary>Both have it, with another content.</summary>
    Changed,
}

/// <summary>A case that differs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Parts">What changed, for a changed one.</param>
public sealed record CaseChange(string Id, ChangeKind Kind, IReadOnlyList<PartChange> Parts);

/// <summary>A part of a case that changed.</summary>
/// <param name="Part">Its key in the file: <c>expected</c>, <c>fields.channel</c>.</param>
/// <param name="Before">What it was; null when it was not there.</param>
/// <param name="After">What it is; null when it is gone.</param>
public sealed record PartChange(string Part, string? Before, string? After);
