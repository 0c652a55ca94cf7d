namespace Assay.Rag.Chunking;

/// <summary>Joins sections that are too small to stand alone. A group never reaches past a heading above its first one.</summary>
internal static class SectionGroups
{
    /// <summary>A section under this part of a chunk is joined with the next one: it says too little to be found and judged by itself.</summary>
    private const int SmallPart = 8;

    public static IEnumerable<List<Section>> Of(List<Section> sections, int maxTokens)
    {
        var group = new List<Section>();
        foreach (var section in sections)
        {
            if (group.Count > 0 && !Joins(group, section, maxTokens))
            {
                yield return group;
                group = [];
            }

            group.Add(section);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private static bool Joins(List<Section> group, Section next, int maxTokens)
    {
        if (next.Level < group[0].Level)
        {
            return false;
        }

        // A heading with nothing under it but a deeper heading belongs to what follows, however long that is.
        if (group.TrueForAll(section => !section.HasBody) && next.Level > group[^1].Level)
        {
            return true;
        }

        var tokens = group.Sum(section => section.Tokens);
        return tokens < maxTokens / SmallPart && tokens + next.Tokens <= maxTokens;
    }
}
