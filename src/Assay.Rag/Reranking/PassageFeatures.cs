namespace Assay.Rag.Reranking;

/// <summary>Measures where a passage has the query's words. Reused from passage to passage.</summary>
internal sealed class PassageFeatures
{
    /// <summary>About a sentence; 10 and 40 words were found alike.</summary>
    private const int WindowWords = 20;

    /// <summary>About two sentences: where news and encyclopaedias say what they are about.</summary>
    private const int LeadWords = 40;

    /// <summary>How far before or behind the window a number may stand and still belong to it: half a sentence.</summary>
    private const int NumberReach = 10;

    private readonly List<Occurrence> occurrences = [];
    private readonly List<int> numbers = [];
    private double[] best = [];

    /// <summary>Sets the features that look at the passage's words.</summary>
    /// <param name="tokens">The passage's terms, title field first.</param>
    /// <param name="titleLength">How many of them belong to the title field.</param>
    /// <param name="beginnings">Terms below this number are no words and have no place of their own.</param>
    /// <param name="query">The query's words.</param>
    /// <param name="features">Where to write, by the constants of <see cref="RerankFeature"/>.</param>
    public void Measure(ReadOnlySpan<int> tokens, int titleLength, int beginnings, QueryMatches query, Span<double> features)
    {
        if (query.TotalIdf <= 0)
        {
            return;
        }

        if (best.Length < query.Slots)
        {
            best = new double[query.Slots];
        }

        occurrences.Clear();
        numbers.Clear();
        var titleWords = Find(tokens[..titleLength], 0, beginnings, query);
        Find(tokens[titleLength..], titleWords, beginnings, query);
        var (window, at) = BestWindow(query);
        features[RerankFeature.Window] = window / query.TotalIdf;
        features[RerankFeature.Answer] = query.IsQuestion ? window / query.TotalIdf : 0;
        features[RerankFeature.Number] = query.AsksForNumber && HasNumberNear(at) ? window / query.TotalIdf : 0;
        features[RerankFeature.Lead] = Covered(0, LeadWords, query) / query.TotalIdf;
        features[RerankFeature.Title] = Covered(0, titleWords, query) / query.TotalIdf;
    }

    private int Find(ReadOnlySpan<int> tokens, int position, int beginnings, QueryMatches query)
    {
        foreach (var term in tokens)
        {
            if (term < beginnings)
            {
                continue;
            }

            if (query.AsksForNumber && query.IsNumber(term))
            {
                numbers.Add(position);
            }

            if (query.TryGet(term, out var match))
            {
                occurrences.Add(new Occurrence(position, match.Slot, match.Similarity));
            }

            position++;
        }

        return position;
    }

    private (double Covered, int Position) BestWindow(QueryMatches query)
    {
        var (top, at) = (0.0, 0);
        for (var first = 0; first < occurrences.Count; first++)
        {
            var covered = Covered(first, occurrences[first].Position + WindowWords, query);
            if (covered > top)
            {
                (top, at) = (covered, occurrences[first].Position);
            }
        }

        return (top, at);
    }

    private bool HasNumberNear(int window)
    {
        foreach (var number in numbers)
        {
            if (number >= window - NumberReach && number < window + WindowWords + NumberReach)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sum over the query's words of idf × the best match among the occurrences from <paramref name="first"/> on that stand before the position <paramref name="end"/>.</summary>
    private double Covered(int first, int end, QueryMatches query)
    {
        Array.Clear(best);
        var sum = 0.0;
        for (var i = first; i < occurrences.Count && occurrences[i].Position < end; i++)
        {
            var (_, slot, similarity) = occurrences[i];
            if (similarity > best[slot])
            {
                sum += (similarity - best[slot]) * query.Idf(slot);
                best[slot] = similarity;
            }
        }

        return sum;
    }

    private readonly record struct Occurrence(int Position, int Slot, double Similarity);
}
