using System.Globalization;

namespace Assay.Evaluation.Datasets;

/// <summary>A case as parts that can be compared.</summary>
internal static class CasePart
{
    public static IReadOnlyList<PartChange> Differences(Case was, Case now)
    {
        var before = Parts(was);
        var after = Parts(now);
        return
        [
            .. before
                .Keys.Union(after.Keys)
                .Select(part => new PartChange(part, before.GetValueOrDefault(part), after.GetValueOrDefault(part)))
                .Where(change => change.Before != change.After),
        ];
    }

    private static OrderedDictionary<string, string?> Parts(Case found)
    {
        var parts = new OrderedDictionary<string, string?>(StringComparer.Ordinal)
        {
            ["input"] = found.Input,
            ["expected"] = found.Expected,
            ["contexts"] = Joined(found.Contexts, "\n"),
            ["relevant"] = Joined(
                found.Relevant.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key}={r.Value.ToString(CultureInfo.InvariantCulture)}"),
                ", "
            ),
            ["cluster"] = found.Cluster,
            ["tags"] = Joined(found.Tags, ", "),
        };
        foreach (var (name, value) in found.Fields.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            parts["fields." + name] = value;
        }

        return parts;
    }

    private static string? Joined(IEnumerable<string> values, string between) => string.Join(between, values) is { Length: > 0 } joined ? joined : null;
}
