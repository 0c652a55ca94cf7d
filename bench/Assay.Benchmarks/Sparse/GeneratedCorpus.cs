using System.Text;
using System.Text.Json;

namespace Assay.Benchmarks.Sparse;

/// <summary>
/// A collection of the asked size that looks like prose to an index: pronounceable words whose frequencies follow Zipf and Mandelbrot, English function
/// words between them, endings that a stemmer cuts, and topics, so that the words of a query occur together. The same seed gives the same bytes.
/// </summary>
internal sealed class GeneratedCorpus
{
    private const int VocabularySize = 120_000;
    private const int TopicCount = 500;
    private const int WordsPerTopic = 120;
    private const double ShareOfFunctionWords = 0.38;
    private const double ShareOfTopicWords = 0.35;
    private const double ShareWithEnding = 0.2;

    /// <summary>The commonest content word is 1 in about 70 words of content, not 1 in 12 as with plain Zipf.</summary>
    private const double MandelbrotOffset = 8;

    // The English stop words of Lucene's analyser, which ours has too: nobody indexes them.
    private static readonly string[] FunctionWords =
        "the of and to in a is that for it as with be on by this are not or at an but they was if such will there into no their then these".Split(' ');

    private static readonly string[] Onsets = "b br c ch d dr f fl g gr h j k l m n p pl pr qu r s sh sl st str t th tr v w z".Split(' ');
    private static readonly string[] Vowels = "a e i o u ai ea io oo ou".Split(' ');
    private static readonly string[] Codas = ["", "", "", "l", "m", "n", "nd", "nt", "r", "rk", "st", "t", "x"];
    private static readonly string[] Endings = ["s", "s", "ed", "ing", "ly", "ness"];

    private readonly Random random;
    private readonly string[] words;
    private readonly double[] cumulative;
    private readonly int[][] topics;

    private GeneratedCorpus(int seed)
    {
        random = new Random(seed);
        words = Invent();
        cumulative = new double[words.Length];
        var total = 0.0;
        for (var rank = 0; rank < words.Length; rank++)
        {
            cumulative[rank] = total += 1 / (rank + 1 + MandelbrotOffset);
        }

        topics = [.. Enumerable.Range(0, TopicCount).Select(_ => NewTopic())];
    }

    /// <summary>Writes corpus.jsonl and queries.jsonl.</summary>
    public static void Write(string folder, int documents, int queries, int seed)
    {
        var corpus = new GeneratedCorpus(seed);
        File.WriteAllLines(
            Path.Combine(folder, "corpus.jsonl"),
            Enumerable.Range(1, documents).Select(i => JsonSerializer.Serialize(corpus.NewDocument($"d{i}")))
        );
        File.WriteAllLines(
            Path.Combine(folder, "queries.jsonl"),
            Enumerable.Range(1, queries).Select(i => JsonSerializer.Serialize(new { id = $"q{i}", text = corpus.NewQuery() }))
        );
    }

    private string[] Invent()
    {
        var invented = new HashSet<string>(FunctionWords);
        while (invented.Count < VocabularySize + FunctionWords.Length)
        {
            // The first words are the commonest, and common words are short.
            var syllables = 1 + random.Next(invented.Count < 5_000 ? 2 : 4);
            invented.Add(string.Concat(Enumerable.Range(0, syllables).Select(_ => Syllable())));
        }

        return [.. invented.Skip(FunctionWords.Length)];
    }

    private string Syllable() => Any(Onsets) + Any(Vowels) + Any(Codas);

    private string Any(string[] list) => list[random.Next(list.Length)];

    // Topics are made of words that are neither everywhere nor nowhere.
    private int[] NewTopic() => [.. Enumerable.Range(0, WordsPerTopic).Select(_ => (int)(100 * Math.Exp(random.NextDouble() * Math.Log(200))))];

    private object NewDocument(string id)
    {
        var topic = topics[random.Next(TopicCount)];
        var title = string.Join(' ', Enumerable.Range(0, random.Next(4, 8)).Select(_ => ContentWord(topic)));
        return new
        {
            id,
            title,
            text = NewText(topic, random.Next(60, 101)),
        };
    }

    private string NewText(int[] topic, int length)
    {
        var text = new StringBuilder();
        var sentence = 0;
        for (var i = 0; i < length; i++)
        {
            var word = random.NextDouble() < ShareOfFunctionWords ? FunctionWords[Early(FunctionWords.Length)] : ContentWord(topic);
            if (sentence == 0)
            {
                sentence = random.Next(8, 18);
                word = char.ToUpperInvariant(word[0]) + word[1..];
            }

            text.Append(word).Append(--sentence == 0 || i == length - 1 ? ". " : " ");
        }

        return text.ToString(0, text.Length - 1);
    }

    /// <summary>Five to eight words of one topic and of the language at large, as a person would type them: without repeats.</summary>
    private string NewQuery()
    {
        var topic = topics[random.Next(TopicCount)];
        var chosen = new HashSet<string>();
        for (var wanted = random.Next(5, 9); chosen.Count < wanted; )
        {
            chosen.Add(ContentWord(topic));
        }

        return string.Join(' ', chosen);
    }

    private string ContentWord(int[] topic)
    {
        var word = words[random.NextDouble() < ShareOfTopicWords ? topic[Early(topic.Length)] : Common()];
        return random.NextDouble() < ShareWithEnding ? word + Any(Endings) : word;
    }

    // Log-uniform: the first places are taken far more often than the last.
    private int Early(int count) => Math.Min(count - 1, (int)Math.Pow(count + 1, random.NextDouble()) - 1);

    private int Common()
    {
        var at = Array.BinarySearch(cumulative, random.NextDouble() * cumulative[^1]);
        return Math.Min(at < 0 ? ~at : at, words.Length - 1);
    }
}
