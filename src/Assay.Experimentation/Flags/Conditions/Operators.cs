using Assay.Text;

namespace Assay.Experimentation.Flags.Conditions;

/// <summary>The operators of conditions, and the condition that each makes.</summary>
internal static class Operators
{
    private const string Fix = "Mend the value, or compare with another operator.";

    /// <summary>Every operator.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "in",
        "notIn",
        "equals",
        "notEquals",
        "contains",
        "startsWith",
        "endsWith",
        "matches",
        "exists",
        "absent",
        "less",
        "atMost",
        "greater",
        "atLeast",
        "before",
        "after",
        "semverEquals",
        "semverLess",
        "semverAtMost",
        "semverGreater",
        "semverAtLeast",
        "cidr",
    ];

    /// <summary>A condition that can be asked.</summary>
    /// <exception cref="AssayException">It cannot be read; the message names the place (exit code 2).</exception>
    public static Condition Read(ConditionEntry entry, FaultOwner owner)
    {
        if (string.IsNullOrEmpty(entry?.Attribute))
        {
            throw Fault.At(entry ?? new(), owner, "a condition without attribute.", "Name the attribute; key is the unit's key.");
        }

        CheckValues(entry, owner);
        try
        {
            return Of(entry, owner);
        }
        catch (FormatException e)
        {
            throw Fault.At(entry, owner, $"{entry.Attribute} {entry.Operator}: {e.Message}.", Fix, e);
        }
    }

    private static Condition Of(ConditionEntry entry, FaultOwner owner) =>
        entry.Operator switch
        {
            "in" or "notIn" or "equals" or "notEquals" => new Membership(entry),
            "contains" or "startsWith" or "endsWith" => new Affix(entry),
            "matches" => new Pattern(entry),
            "exists" or "absent" => new Presence(entry),
            "less" or "atMost" or "greater" or "atLeast" => new NumberComparison(entry),
            "before" or "after" => new TimeComparison(entry),
            "semverEquals" or "semverLess" or "semverAtMost" or "semverGreater" or "semverAtLeast" => new VersionComparison(entry),
            "cidr" => new NetworkMembership(entry),
            _ => throw Fault.At(entry, owner, $"there is no operator '{entry.Operator}'{Meant(entry.Operator)}.", $"Operators: {string.Join(", ", All)}."),
        };

    private static void CheckValues(ConditionEntry entry, FaultOwner owner)
    {
        var takesNone = entry.Operator is "exists" or "absent";
        if (takesNone != (entry.Values is null or { Count: 0 }) && All.Contains(entry.Operator))
        {
            throw Fault.At(
                entry,
                owner,
                takesNone ? $"'{entry.Operator}' compares with nothing, but has values." : $"'{entry.Operator}' has no values to compare with.",
                takesNone ? "Leave out values." : "Write values: [ … ]."
            );
        }

        if (entry.Values?.Count > Limits.Values || entry.Values?.Exists(v => v is null || v.Length > Limits.ValueCharacters) == true)
        {
            throw Fault.At(
                entry,
                owner,
                $"more than {Limits.Values} values, an empty one, or one longer than {Limits.ValueCharacters} characters.",
                "Make a group of the units, and ask for the group."
            );
        }
    }

    private static string Meant(string? operation) => operation is not null && Names.Nearest(operation, All) is { } near ? $"; did you mean '{near}'?" : "";
}
