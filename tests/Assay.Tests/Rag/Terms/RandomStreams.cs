using Assay.Rag.Terms;

namespace Assay.Tests.Rag.Terms;

/// <summary>Corpora of made-up words in both scripts, the same for the same seed.</summary>
internal static class RandomStreams
{
    private static readonly string[] English = ["rel", "vec", "tor", "ing", "com", "pass", "a", "zed", "qu", "ly"];
    private static readonly string[] Russian = ["ко", "смо", "нав", "т", "рел", "из", "ёл", "ка", "ский", "о"];

    public static TermStreams Of(int seed, int chunks = 60)
    {
        var random = new Random(seed);
        var collector = new TermCollector();
        for (var i = 0; i < chunks; i++)
        {
            collector.Add(Text(random, random.Next(4)), "", Text(random, random.Next(60)));
        }

        return collector.Finish();
    }

    public static string Text(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word(random)));

    private static string Word(Random random)
    {
        if (random.Next(12) == 0)
        {
            return random.Next(3000).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        var syllables = random.Next(2) == 0 ? English : Russian;
        return string.Concat(Enumerable.Range(0, 1 + random.Next(3)).Select(_ => syllables[random.Next(syllables.Length)]));
    }
}
