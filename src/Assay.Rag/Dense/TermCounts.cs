using Assay.Models.Offline;
using Assay.Rag.Terms;

namespace Assay.Rag.Dense;

/// <summary>Counts the terms of each chunk, title field and body together.</summary>
internal static class TermCounts
{
    public static SparseRows Of(TermStreams streams)
    {
        var starts = new int[streams.ChunkCount + 1];
        var columns = new List<int>(streams.Tokens.Length);
        var values = new List<float>(streams.Tokens.Length);
        var sorted = new List<int>();
        for (var chunk = 0; chunk < streams.ChunkCount; chunk++)
        {
            sorted.Clear();
            sorted.AddRange(streams.All(chunk));
            sorted.Sort();
            var first = columns.Count;
            foreach (var term in sorted)
            {
                if (columns.Count > first && columns[^1] == term)
                {
                    values[^1]++;
                }
                else
                {
                    columns.Add(term);
                    values.Add(1);
                }
            }

            starts[chunk + 1] = columns.Count;
        }

        return new SparseRows(streams.Terms.Length, starts, [.. columns], [.. values]);
    }
}
