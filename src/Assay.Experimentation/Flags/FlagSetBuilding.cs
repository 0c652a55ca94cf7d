namespace Assay.Experimentation.Flags;

/// <summary>Makes flags of files and overrides: each after its prerequisites, so that a cycle is found and nothing is asked twice.</summary>
internal sealed class FlagSetBuilding(bool areInForce)
{
    private readonly Dictionary<string, FlagParts> parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Flag> made = new(StringComparer.Ordinal);
    private readonly List<string> path = [];

    /// <param name="files">The flags.</param>
    /// <param name="overrides">What was decided since.</param>
    /// <param name="areInForce">Whether somebody else put them in force already, so that shares that change nothing are no fault.</param>
    /// <exception cref="AssayException">Something does not fit; the message names its place (exit code 2).</exception>
    public static IReadOnlyDictionary<string, Flag> Build(IEnumerable<FlagFile> files, IEnumerable<FlagOverride> overrides, bool areInForce = false)
    {
        var building = new FlagSetBuilding(areInForce);
        var changes = overrides.GroupBy(o => o.Flag, StringComparer.Ordinal).ToDictionary(o => o.Key, o => o.MaxBy(v => v.Version), StringComparer.Ordinal);
        foreach (var file in files)
        {
            Fault.Demand(file, Owner(file?.Name ?? ""));
            building.Add(file!, changes.GetValueOrDefault(file!.Name));
        }

        foreach (var name in building.parts.Keys)
        {
            building.Make(name);
        }

        return building.made;
    }

    private void Add(FlagFile file, FlagOverride? change)
    {
        if (parts.TryGetValue(file.Name, out var other))
        {
            throw Fault.At(file, Owner(file.Name), $"there are two of this name, the other at {other.Definition.Place}.", "Name one of them differently.");
        }

        if (parts.Count == Limits.Flags)
        {
            throw Fault.At(file, Owner(file.Name), $"there are more than {Limits.Flags} flags.", "Remove those that nobody asks for: assay flag stale.");
        }

        parts.Add(file.Name, FlagReading.Read(file, change, areInForce));
    }

    private Flag Make(string name)
    {
        if (made.TryGetValue(name, out var flag))
        {
            return flag;
        }

        var part = parts[name];
        if (path.Contains(name))
        {
            var cycle = string.Join(" → ", path.Skip(path.IndexOf(name)).Append(name));
            throw Fault.At(part.Definition, Owner(name), $"its prerequisites lead back to itself: {cycle}.", "Take one of them out of requires.");
        }

        if (path.Count == Limits.FlagsLookedAt)
        {
            throw TooMany(part);
        }

        path.Add(name);
        flag = new Flag(part with { Requires = [.. (part.Definition.Requires ?? []).Select(r => Require(part, r))] });
        path.RemoveAt(path.Count - 1);
        if (flag.Cost > Limits.FlagsLookedAt)
        {
            throw TooMany(part);
        }

        made.Add(name, flag);
        return flag;
    }

    private Prerequisite Require(FlagParts part, PrerequisiteEntry required)
    {
        if (required?.Flag is null || !parts.TryGetValue(required.Flag, out var other))
        {
            throw Fault.At(
                required ?? new(),
                Owner(part.Definition.Name),
                $"it requires the flag '{required?.Flag}', which there is not.",
                "Name a flag of the catalog, or remove the requirement."
            );
        }

        var index = other.IndexOf(required.Variant);
        return index >= 0
            ? new Prerequisite(Make(required.Flag), index)
            : throw Fault.At(
                required,
                Owner(part.Definition.Name),
                $"it requires the variant '{required.Variant}' of '{required.Flag}', which that flag does not have.",
                $"Its variants: {string.Join(", ", other.Variants.Select(v => v.Name))}."
            );
    }

    private static AssayException TooMany(FlagParts part) =>
        Fault.At(
            part.Definition,
            Owner(part.Definition.Name),
            $"more than {Limits.FlagsLookedAt} flags must be looked at for its prerequisites and theirs.",
            "Require fewer flags."
        );

    private static FaultOwner Owner(string flag) => FaultOwner.Flag(flag);
}
