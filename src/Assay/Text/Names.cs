namespace Assay.Text;

/// <summary>Names that a person may have meant.</summary>
public static class Names
{
    /// <summary>The candidate that fewest letters tell from <paramref name="name"/>, capitals counting for nothing, or that has it within; null when none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        var most = Math.Max(1, name.Length / 3);
        var all = candidates.ToList();
        return all.Select(c => (Name: c, Far: Distance(name, c))).Where(c => c.Far <= most).OrderBy(c => c.Far).Select(c => c.Name).FirstOrDefault()
            ?? all.FirstOrDefault(c => c.Contains(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>How many letters must be put in, taken out or changed (Levenshtein 1966).</summary>
    private static int Distance(string first, string second)
    {
        var above = Enumerable.Range(0, second.Length + 1).ToArray();
        for (var i = 0; i < first.Length; i++)
        {
            var row = new int[above.Length];
            row[0] = i + 1;
            for (var j = 0; j < second.Length; j++)
            {
                var change = char.ToUpperInvariant(first[i]) == char.ToUpperInvariant(second[j]) ? 0 : 1;
                row[j + 1] = Math.Min(Math.Min(row[j], above[j + 1]) + 1, above[j] + change);
            }

            above = row;
        }

        return above[^1];
    }
}
