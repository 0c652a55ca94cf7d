using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.Evaluation.Datasets;

namespace Assay.Evaluation.Tests.Catalog;

public sealed partial class HandbookDatasetTests
{
    private static readonly string Documents = RepositoryFiles.Path("samples/handbook/docs");
    private static readonly List<Case> Cases = [.. Dataset.Open(RepositoryFiles.Path("catalog/datasets/handbook_qa_v1.jsonl")).Read()];

    private static readonly Dictionary<string, string> Entries = File.ReadLines(Path.Combine(Documents, "faq", "faq.jsonl"))
        .Select(line => JsonSerializer.Deserialize<Dictionary<string, string>>(line)!)
        .ToDictionary(entry => entry["id"], entry => entry["text"]);

    [Fact]
    public void Questions_are_asked_in_both_languages_of_most_documents()
    {
        Cases.Count.ShouldBe(90);
        Cases.Count(c => c.Tags[0] == "ru").ShouldBe(42);
        Cases.Select(c => c.Cluster).Distinct().Count().ShouldBe(38);
    }

    [Fact]
    public void Every_passage_stands_in_its_document() =>
        Cases.SelectMany(c => c.Contexts.Where(passage => !Plain(Text(c.Cluster!)).Contains(Plain(passage))).Select(p => $"{c.Id}: {p}")).ShouldBeEmpty();

    [Fact]
    public void Every_relevant_document_exists_and_the_one_that_answers_is_the_cluster()
    {
        Cases.SelectMany(c => c.Relevant.Keys).Where(id => !Entries.ContainsKey(id) && !File.Exists(Path.Combine(Documents, id))).ShouldBeEmpty();
        Cases.Where(c => !c.Tags.Contains("no-answer")).ShouldAllBe(c => c.Relevant[c.Cluster!] == 2);
        Cases.Where(c => c.Tags.Contains("no-answer")).ShouldAllBe(c => c.Relevant.Count == 0);
    }

    [Fact]
    public void Every_figure_of_an_answer_stands_in_its_passages() =>
        Cases
            .SelectMany(c =>
                Figure().Matches(c.Expected!).Select(m => m.Value).Where(f => !string.Join(' ', c.Contexts).Contains(f)).Select(f => $"{c.Id}: {f}")
            )
            .ShouldBeEmpty();

    private static string Text(string document)
    {
        var text = Entries.TryGetValue(document, out var entry) ? entry : File.ReadAllText(Path.Combine(Documents, document));
        return document.EndsWith(".html", StringComparison.Ordinal) ? WebUtility.HtmlDecode(Tag().Replace(text, " ")) : text;
    }

    // Letters and digits alone: lines may be wrapped elsewhere.
    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    [GeneratedRegex(@"\d+(?:[.,]\d+)*", RegexOptions.NonBacktracking)]
    private static partial Regex Figure();

    [GeneratedRegex("</?[a-z][^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
