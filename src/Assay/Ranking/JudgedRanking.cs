namespace Assay.Ranking;

/// <summary>
/// One ranking of documents with the grades that people gave them. Gain is linear as in trec_eval's <c>ndcg_cut</c>; the ideal ranking is taken
/// over all judged documents, found or not. A document without a grade, or with one of 0 or less, is not relevant.
/// </summary>
public sealed class JudgedRanking
{
    private readonly double[] ranked;
    private readonly double[] ideal;

    private JudgedRanking(double[] ranked, double[] ideal) => (this.ranked, this.ideal) = (ranked, ideal);

    /// <summary>The ranking; null when no document is relevant, so that there is nothing to find.</summary>
    /// <param name="ranked">The grades of the ranked documents, best first; each document once.</param>
    /// <param name="judged">The grades of all judged documents, in any order.</param>
    public static JudgedRanking? Of(IEnumerable<double> ranked, IEnumerable<double> judged)
    {
        var ideal = judged.Where(IsRelevant).OrderDescending().ToArray();
        return ideal.Length == 0 ? null : new JudgedRanking([.. ranked], ideal);
    }

    /// <summary>The ranking of documents by id; a document that stands twice counts where it stands first.</summary>
    /// <param name="ranking">Ids of documents, best first.</param>
    /// <param name="grades">The judged documents.</param>
    public static JudgedRanking? Of(IEnumerable<string> ranking, IReadOnlyDictionary<string, double> grades) =>
        Of(ranking.Distinct(StringComparer.Ordinal).Select(id => grades.GetValueOrDefault(id)), grades.Values);

    /// <summary>Normalised discounted cumulative gain of the first <paramref name="k"/> documents, 0 to 1 (Järvelin and Kekäläinen 2002, discount 1 / log₂(rank + 1)).</summary>
    public double Ndcg(int k) => Gain(ranked, k) / Gain(ideal, k);

    /// <summary>Average precision over the first <paramref name="k"/> documents, 0 to 1: relevant documents that are not among them count 0. Its mean over questions is MAP.</summary>
    public double AveragePrecision(int k = int.MaxValue)
    {
        double sum = 0;
        var hits = 0;
        for (var i = 0; i < Math.Min(k, ranked.Length); i++)
        {
            if (IsRelevant(ranked[i]))
            {
                sum += (double)++hits / (i + 1);
            }
        }

        return sum / ideal.Length;
    }

    /// <summary>The share of the relevant documents that stand among the first <paramref name="k"/>.</summary>
    public double Recall(int k) => (double)First(k).Count(IsRelevant) / ideal.Length;

    /// <summary>1 / rank of the first relevant document when it stands among the first <paramref name="k"/>, else 0. Its mean over questions is MRR.</summary>
    public double ReciprocalRank(int k = int.MaxValue)
    {
        var place = Array.FindIndex(ranked, IsRelevant);
        return place >= 0 && place < k ? 1.0 / (place + 1) : 0;
    }

    private IEnumerable<double> First(int k) => ranked.Take(k);

    private static double Gain(double[] grades, int k)
    {
        double gain = 0;
        for (var i = 0; i < Math.Min(k, grades.Length); i++)
        {
            gain += IsRelevant(grades[i]) ? grades[i] / Math.Log2(i + 2) : 0;
        }

        return gain;
    }

    // NaN is relevant to nobody.
    private static bool IsRelevant(double grade) => grade > 0;
}
