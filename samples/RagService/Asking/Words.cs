using Assay.Text;

namespace RagService.Asking;

/// <summary>Words as the repository's own tokenizer counts them; they stand for tokens where no language model runs.</summary>
internal static class Words
{
    /// <summary>How many there are.</summary>
    public static int Count(string text)
    {
        var reader = new TokenReader(text);
        var count = 0;
        while (reader.Read())
        {
            count++;
        }

        return count;
    }

    /// <summary>The share of the question's stems, stop words left out, that the answer has; 0 for a question that has none.</summary>
    public static double Covered(string question, string answer)
    {
        var asked = Stems(question);
        return asked.Count == 0 ? 0 : (double)asked.Count(Stems(answer).Contains) / asked.Count;
    }

    private static HashSet<string> Stems(string text)
    {
        var stems = new HashSet<string>(StringComparer.Ordinal);
        var buffer = new char[text.Length + 2];
        var reader = new TokenReader(text);
        while (reader.Read())
        {
            var length = Normalizer.Normalize(reader.Token, buffer);
            if (length > 0 && !StopWords.IsStopWord(buffer.AsSpan(0, length)))
            {
                stems.Add(new string(buffer, 0, Stemming.Stem(buffer, length)));
            }
        }

        return stems;
    }
}
