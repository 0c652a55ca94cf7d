using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.Text;

namespace Assay.Tests.Text;

/// <summary>
/// The stems of every word of the open collections, against a checksum of what libstemmer 2.2.0 (python3-stemmer) gave for the
/// same words: the titles and texts of the corpora, queries, news and posts; the maximal runs of letters (for English also of
/// apostrophes), lower-cased, ё as е, sorted by code point; SHA-256 of the UTF-8 lines <c>word TAB stem LF</c>.
/// </summary>
public sealed partial class StemVocabularyTests
{
    private delegate int Stemmer(Span<char> word, int length);

    [Fact]
    public void All_27449_English_words_of_the_open_collections_have_the_published_stem() =>
        Checksum(EnglishWord(), EnglishStemmer.Stem).ShouldBe("27449 533c6e12cd9b0a87bf48053235036be6fed9abe78a71680724788c11452ca3ef");

    [Fact]
    public void All_53170_Russian_words_of_the_open_collections_have_the_published_stem() =>
        Checksum(RussianWord(), RussianStemmer.Stem).ShouldBe("53170 f5fb04733862f2b5b31a855c03f2a42fc4aeafd66678648eb3dceeaf32818217");

    private static string Checksum(Regex word, Stemmer stemmer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var words = Words(word);
        foreach (var text in words)
        {
            var room = text.ToCharArray();
            var stem = new string(room, 0, stemmer(room, room.Length));
            hash.AppendData(Encoding.UTF8.GetBytes($"{text}\t{stem}\n"));
        }
        return $"{words.Count} {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    private static SortedSet<string> Words(Regex word) =>
        new(
            Files()
                .SelectMany(File.ReadLines)
                .SelectMany(Texts)
                .SelectMany(text => word.Matches(text))
                .Select(match => match.Value.ToLowerInvariant().Replace('ё', 'е')),
            StringComparer.Ordinal
        );

    private static IEnumerable<string> Files() =>
        new[] { "ir-cranfield", "ir-news-ru", "ir-vaswani", "ir-xquad-en", "ir-xquad-ru" }
            .Select(OpenData.Require)
            .SelectMany(folder => new[] { Path.Combine(folder, "corpus.jsonl"), Path.Combine(folder, "queries.jsonl") })
            .Append(Path.Combine(OpenData.Require("news-ru"), "docs.jsonl"))
            .Concat(Directory.EnumerateFiles(OpenData.Require("telegram-ru"), "*.jsonl"));

    private static string[] Texts(string line)
    {
        using var json = JsonDocument.Parse(line);
        return [Text(json.RootElement, "title"), Text(json.RootElement, "text")];
    }

    private static string Text(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    [GeneratedRegex("[A-Za-z']+", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex EnglishWord();

    [GeneratedRegex("[А-Яа-яЁё]+", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex RussianWord();
}
