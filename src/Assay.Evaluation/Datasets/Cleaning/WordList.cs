using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Assay.Evaluation.Datasets.Cleaning;

/// <summary>Names of people and other words that no rule can know, one a line; lines that begin with <c>#</c> are for people.</summary>
internal sealed class WordList
{
    /// <summary>What stands in the place of a word.</summary>
    public const string Replacement = "[name]";

    /// <summary>The most words, and the most characters of one.</summary>
    public const int Most = 1_000;

    private const int MostCharacters = 100;

    private readonly Regex pattern;

    private WordList(Regex pattern, string sha256, int count) => (this.pattern, Sha256, Count) = (pattern, sha256, count);

    /// <summary>SHA-256 of the file.</summary>
    public string Sha256 { get; }

    /// <summary>How many words.</summary>
    public int Count { get; }

    /// <exception cref="AssayException">The file cannot be read, holds no word, or too many or too long ones (exit code 2).</exception>
    public static WordList Read(string path)
    {
        try
        {
            var words = File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#')).Distinct().ToList();
            return
                words.Count is 0 or > Most
                || words.Exists(word => word.Length > MostCharacters || !char.IsLetterOrDigit(word[0]) || !char.IsLetterOrDigit(word[^1]))
                ? throw AssayException.Usage(
                    $"'{path}' holds {words.Count} words; a list has 1 to {Most:#,0}, each of at most {MostCharacters} characters, beginning and ending with a letter or digit.",
                    "Write one name or phrase a line."
                )
                : new WordList(Pattern(words), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), words.Count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"Cannot read the words '{path}': {e.Message}", "Check the path and its permissions.", e);
        }
    }

    public bool IsIn(string text) => pattern.IsMatch(text);

    /// <summary>The text with <see cref="Replacement"/> for each of the words; <paramref name="found"/> hears how many there were.</summary>
    public string TakeOut(string text, Action<int> found)
    {
        if (pattern.Count(text) is not (> 0 and var count))
        {
            return text;
        }

        found(count);
        return pattern.Replace(text, Replacement);
    }

    // Longer ones first: "Anna Petrova" before "Anna". Linear in the text, however many words.
    private static Regex Pattern(List<string> words) =>
        new(
            $@"\b(?:{string.Join('|', words.OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal).Select(Regex.Escape))})\b",
            RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
        );
}
