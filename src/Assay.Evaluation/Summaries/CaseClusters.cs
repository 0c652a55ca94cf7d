namespace Assay.Evaluation.Summaries;

/// <summary>The cluster of each case as a number; a case without a cluster is its own. 4 bytes a case.</summary>
internal sealed class CaseClusters(int cases)
{
    private readonly int[] numbers = new int[cases];
    private readonly Dictionary<string, int> names = [];

    public int this[int index] => numbers[index];

    public void Set(int index, string? cluster)
    {
        if (cluster is null)
        {
            // Below 0, so that it never meets the number of a name.
            numbers[index] = -1 - index;
            return;
        }

        if (!names.TryGetValue(cluster, out var number))
        {
            number = names.Count;
            names.Add(cluster, number);
        }

        numbers[index] = number;
    }

    /// <summary>How many different numbers there are.</summary>
    public static int Distinct(int[] clusters) => new HashSet<int>(clusters).Count;
}
