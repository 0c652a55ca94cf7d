using System.Collections.Frozen;
using Assay.Text;

namespace Assay.Models.Offline;

/// <summary>A sentence that may answer, with the passage it stands in.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Passage">Number of its passage, from 1, in the order of the ranking.</param>
/// <param name="Context">Title and headings above the sentence; what they say of the question counts half.</param>
public sealed record Sentence(string Text, int Passage, string Context = "");

/// <summary>Sentences quoted as an answer; empty when nothing fits the question.</summary>
/// <param name="Model">Always <see cref="ExtractiveAnswerer.Name"/>.</param>
/// <param name="Sentences">The quoted sentences, best passage first, in reading order within a passage.</param>
public sealed record ExtractiveAnswer(string Model, IReadOnlyList<Sentence> Sentences);

/// <summary>
/// The offline answerer: quotes the sentences that share the rarest words with the question. It writes nothing of its own and understands nothing;
/// every output names it <see cref="Name"/>.
/// </summary>
public static class ExtractiveAnswerer
{
    /// <summary>How outputs name the model.</summary>
    public const string Name = "offline/extractive";

    /// <summary>Sentences quoted at most; more is a summary, not an answer.</summary>
    private const int MaxSentences = 3;

    /// <summary>A sentence must carry at least this share of the question's weight to be quoted.</summary>
    private const double MinShare = 0.25;

    /// <summary>Each passage further down the ranking counts this much less.</summary>
    private const double RankDecay = 0.9;

    /// <summary>A word of the question that only title or headings have counts this much.</summary>
    private const double ContextShare = 0.5;

    /// <summary>Words that make a question a question and say nothing of what is asked for; beyond the stop words of the index.</summary>
    private static readonly FrozenSet<string> QuestionWords = (
        "how do does did i we you he she my our your me us what which who whom whose when where why can could should would may must am were been have has had "
        + "much many long often as there any some get "
        + "как что кто кого кому чем где куда откуда когда почему зачем какой какая какое какие какого какую сколько ли можно нужно надо должен должна делать сделать мне нам меня нас"
    )
        .Split(' ')
        .ToFrozenSet();

    /// <summary>Chooses sentences that answer the question.</summary>
    /// <param name="question">The question, English or Russian.</param>
    /// <param name="sentences">Sentences of the retrieved passages, best passage first.</param>
    public static ExtractiveAnswer Answer(string question, IReadOnlyList<Sentence> sentences)
    {
        var bags = sentences.Select(s => Stems(s.Text)).ToList();
        var contexts = sentences.Select(s => s.Context).Distinct(StringComparer.Ordinal).ToDictionary(c => c, Stems);
        var weights = Weigh(Stems(question), bags);
        var total = weights.Values.Sum();
        if (total <= 0)
        {
            return new ExtractiveAnswer(Name, []);
        }

        var chosen = sentences
            .Select(
                (sentence, i) =>
                    (
                        Sentence: sentence,
                        Position: i,
                        Score: Share(bags[i], contexts[sentence.Context], weights) / total * Math.Pow(RankDecay, sentence.Passage - 1)
                    )
            )
            .Where(s => s.Score >= MinShare)
            .OrderByDescending(s => s.Score)
            .ThenBy(s => s.Position)
            .DistinctBy(s => s.Sentence.Text)
            .Take(MaxSentences)
            .OrderBy(s => s.Position)
            .Select(s => s.Sentence);
        return new ExtractiveAnswer(Name, [.. chosen]);
    }

    /// <summary>A question's word weighs more the fewer of the sentences have it; one that none has cannot be answered and weighs in full.</summary>
    private static Dictionary<string, double> Weigh(HashSet<string> question, List<HashSet<string>> bags) =>
        question.ToDictionary(stem => stem, stem => Math.Log((bags.Count + 1.0) / (bags.Count(b => b.Contains(stem)) + 0.5)));

    /// <summary>The weight of the question's words in the sentence, and half of it for those that stand only above it; a sentence with none of its own has no share.</summary>
    private static double Share(HashSet<string> bag, HashSet<string> context, Dictionary<string, double> weights)
    {
        var own = weights.Where(w => bag.Contains(w.Key)).Sum(w => w.Value);
        return own == 0 ? 0 : own + (ContextShare * weights.Where(w => !bag.Contains(w.Key) && context.Contains(w.Key)).Sum(w => w.Value));
    }

    private static HashSet<string> Stems(string text)
    {
        var stems = new HashSet<string>(StringComparer.Ordinal);
        var questionWords = QuestionWords.GetAlternateLookup<ReadOnlySpan<char>>();
        var reader = new TokenReader(text);
        var buffer = new char[text.Length + 2];
        while (reader.Read())
        {
            var length = Normalizer.Normalize(reader.Token, buffer);
            var word = buffer.AsSpan(0, length);
            if (length > 0 && !StopWords.IsStopWord(word) && !questionWords.Contains(word))
            {
                stems.Add(new string(buffer, 0, Stemming.Stem(buffer, length)));
            }
        }

        return stems;
    }
}
