namespace Assay.Rag.Chunking;

/// <summary>Joins sections that are too small to stand alone. A group never reaches past a heading above its first one.</summary>
internal static class SectionGroups
{
    /// <summary>A section under this part of a chunk is joined with the next one: it says too little to be found and judged by itself.</summary>
    private const int SmallPart = 8;

    public static IEnumerable<List<Section>> Of(List<Section> sections, int maxTokens)
    {
        var group = new List<Section>();
        var tokens = 0;
        var hasBody = false;
        foreach (var section in sections)
        {
            var more = section.Tokens;
            // A heading with nothing under it but a deeper heading belongs to what follows, however long that is.
            var above = group.Count > 0 && !hasBody && section.Level > group[^1].Level;
            var small = tokens < maxTokens / SmallPart && tokens + more <= maxTokens;
            if (group.Count > 0 && !(section.Level >= group[0].Level && (above || small)))
            {
                yield return group;
                (group, tokens, hasBody) = ([], 0, false);
            }

            group.Add(section);
            tokens += more;
            hasBody |= section.HasBody;
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }
}
