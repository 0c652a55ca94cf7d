namespace Assay.Experimentation.Flags;

/// <summary>
/// What was decided about a flag after its file was written; a new file never undoes it. Each change makes a new one, as a document of the collection
/// <c>flag_overrides</c> under the flag's name; the one before is in <c>flag_history</c>.
/// </summary>
internal sealed record FlagOverride
{
    /// <summary>The flag.</summary>
    public required string Flag { get; init; }

    /// <summary>The kill switch: everybody gets <see cref="FlagFile.WhenOff"/>, whatever else is written.</summary>
    public bool Killed { get; init; }

    /// <summary>Shares by variant in percent instead of those of the file; null: as the file says.</summary>
    public IReadOnlyDictionary<string, decimal>? Rollout { get; init; }

    /// <summary>Rules instead of those of the file; null: as the file says.</summary>
    public IReadOnlyList<RuleEntry>? Rules { get; init; }

    /// <summary>True or false instead of the file's <see cref="FlagFile.Enabled"/>; null: as the file says.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Who changed it.</summary>
    public required string Actor { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Its version, 1 for the first; see <see cref="Assay.Stores.Document.Version"/>.</summary>
    public long Version { get; init; }
}
