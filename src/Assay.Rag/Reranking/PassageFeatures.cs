using Assay.Rag.Sparse;

namespace Assay.Rag.Reranking;

/// <summary>Measures where and how well a passage has the query's words. Reused from passage to passage.</summary>
internal sealed class PassageFeatures
{
    private const int LeadWords = 40;

    private readonly List<Occurrence> occurrences = [];
    private double[] frequency = [];
    private double[] best = [];

    private readonly record struct Occurrence(int Position, int Slot, double Similarity);

    public void Measure(
        ReadOnlySpan<int> tokens,
        int titleLength,
        int beginningCount,
        double relativeLength,
        QueryMatches query,
        IReadOnlyList<int> sequence,
        Span<double> into
    )
    {
        var slots = query.Words.Count;
        if (frequency.Length < slots)
        {
            frequency = new double[slots * 2];
            best = new double[slots * 2];
        }

        Array.Clear(frequency);
        occurrences.Clear();
        var position = 0;
        var titleWords = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (i == titleLength)
                titleWords = position;
            if (tokens[i] < beginningCount)
            {
                continue;
            }

            if (query.TryGet(tokens[i], out var match))
            {
                occurrences.Add(new Occurrence(position, match.Slot, match.Similarity));
                frequency[match.Slot] += match.Similarity * (i < titleLength ? SparseOptions.TitleWeight : 1);
            }

            position++;
        }
        if (titleLength == tokens.Length)
            titleWords = position;

        into[3] = Window(20, query);
        into[10] = Window(8, query);
        into[11] = Window(40, query);
        into[4] = Until(LeadWords, query);
        into[5] = titleWords > 0 ? Until(titleWords, query) : 0;
        into[6] = Until(int.MaxValue, query);
        var norm = 1 - SparseOptions.B + (SparseOptions.B * relativeLength);
        for (var slot = 0; slot < slots; slot++)
        {
            var f = frequency[slot] / norm;
            into[9] += query.Counts[slot] * query.Idf[slot] * f / (f + SparseOptions.K1);
        }
        into[9] /= query.TotalIdf;
        double pairs = 0,
            near = 0;
        for (var i = 1; i < occurrences.Count; i++)
        {
            var (a, b) = (occurrences[i - 1], occurrences[i]);
            if (a.Slot == b.Slot)
                continue;
            var d = b.Position - a.Position;
            if (d == 1 && b.Slot == a.Slot + 1)
                pairs += Math.Min(query.Idf[a.Slot], query.Idf[b.Slot]) * a.Similarity * b.Similarity;
            if (d <= 8)
                near += Math.Min(query.Idf[a.Slot], query.Idf[b.Slot]) * a.Similarity * b.Similarity / d;
        }
        into[7] = Math.Log(1 + pairs);
        into[8] = Math.Log(1 + near);
    }

    private double Until(int end, QueryMatches query)
    {
        Array.Clear(best);
        double sum = 0;
        foreach (var o in occurrences)
        {
            if (o.Position >= end)
                break;
            if (o.Similarity > best[o.Slot])
            {
                sum += (o.Similarity - best[o.Slot]) * query.Idf[o.Slot];
                best[o.Slot] = o.Similarity;
            }
        }
        return sum / query.TotalIdf;
    }

    private double Window(int width, QueryMatches query)
    {
        var top = 0.0;
        for (var first = 0; first < occurrences.Count; first++)
        {
            Array.Clear(best);
            var sum = 0.0;
            for (var i = first; i < occurrences.Count && occurrences[i].Position < occurrences[first].Position + width; i++)
            {
                var o = occurrences[i];
                if (o.Similarity > best[o.Slot])
                {
                    sum += (o.Similarity - best[o.Slot]) * query.Idf[o.Slot];
                    best[o.Slot] = o.Similarity;
                }
            }
            top = Math.Max(top, sum);
        }
        return top / query.TotalIdf;
    }
}
