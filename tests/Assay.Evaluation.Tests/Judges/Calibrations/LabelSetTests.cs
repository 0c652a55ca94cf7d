using Assay.Evaluation.Judges.Calibrations;

namespace Assay.Evaluation.Tests.Judges.Calibrations;

public sealed class LabelSetTests
{
    private const string Answer =
        """{"id": "1", "input": "Почему?", "answer": "Потому.", "expected": "Так.", "contexts": ["p"], "labels": [4, null, 5], "cluster": "c", "group": "g"}""";

    [Fact]
    public void An_item_is_read_with_everything_that_its_line_says()
    {
        var labels = Read(Answer, "", """{"id": "2", "input": "Why?", "answer": "So.", "labels": [1]}""");
        labels.IsPairs.ShouldBeFalse();
        labels.Annotators.ShouldBe(3);
        labels.Hash.Length.ShouldBe(64);
        var item = labels.Items[0];
        item.A.ShouldBe("Потому.");
        item.Expected.ShouldBe("Так.");
        item.Contexts.ShouldBe(["p"]);
        item.Labels.ShouldBe([4, null, 5]);
        (item.Cluster, item.Group).ShouldBe(("c", "g"));
        labels.Items.Select(one => one.Language).ShouldBe(["ru", "en"]);
    }

    [Fact]
    public void A_pair_is_labelled_by_words_or_by_numbers()
    {
        var labels = Read(
            """{"id": "1", "a": "x", "b": "y", "labels": ["a", "tie", "b", null]}""",
            """{"id": "2", "a": "x", "b": "y", "language": "ru", "labels": [-2, 0.5]}"""
        );
        labels.IsPairs.ShouldBeTrue();
        labels.Items[0].Labels.ShouldBe([-1, 0, 1, null]);
        labels.Items[1].Labels.ShouldBe([-2, 0.5]);
        labels.Items[1].Language.ShouldBe("ru");
    }

    [Theory]
    [InlineData("{", "this is no JSON")]
    [InlineData("[1]", "this is no JSON object")]
    [InlineData("""{"input": "x", "answer": "y", "labels": [1]}""", "the item has no \"id\"")]
    [InlineData("""{"id": "1", "answer": "y", "labels": [1]}""", "the id '1' stands in line 1 already")]
    [InlineData("""{"id": "2", "input": "x", "labels": [1]}""", "an item has an \"answer\", or an \"a\" and a \"b\"")]
    [InlineData("""{"id": "2", "a": "x", "labels": [1]}""", "an item has an \"answer\", or an \"a\" and a \"b\"")]
    [InlineData("""{"id": "2", "a": "x", "b": "y", "labels": [1]}""", "pairs and single answers stand in one file")]
    [InlineData("""{"id": "2", "answer": "y", "labels": []}""", "\"labels\" holds no label")]
    [InlineData("""{"id": "2", "answer": "y", "labels": [null]}""", "\"labels\" holds no label")]
    [InlineData("""{"id": "2", "answer": "y", "labels": ["a"]}""", "the label \"a\" is no number")]
    [InlineData("""{"id": "2", "answer": "y", "labels": [1e999]}""", "the label 1e999 is no number")]
    [InlineData("""{"id": "2", "answer": "y", "labels": 3}""", "the item has no list \"labels\"")]
    [InlineData("""{"id": "2", "answer": 3, "labels": [3]}""", "\"answer\" is no text")]
    [InlineData("""{"id": "2", "answer": "y", "labels": [3], "contexts": "p"}""", "\"contexts\" is no list of texts")]
    [InlineData("""{"id": "2", "answer": "y", "labels": [3], "language": "de"}""", "\"language\" is 'de'")]
    [InlineData("""{"id": "2", "answer": "cut \ud83d", "labels": [3]}""", "a text holds half of a surrogate pair")]
    public void A_fault_is_told_with_its_line(string line, string told)
    {
        var error = Should.Throw<AssayException>(() => Read(Answer, line));
        error.ExitCode.ShouldBe(ExitCode.WrongUsage);
        error.Message.ShouldContain($"labels.jsonl:2: {told}");
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Read("\uFEFF" + Answer).Items.ShouldHaveSingleItem().Id.ShouldBe("1");

    [Fact]
    public void A_file_without_labels_is_told()
    {
        Should.Throw<AssayException>(() => Read("", "")).Message.ShouldContain("has no labels");
        Should.Throw<AssayException>(() => LabelSet.Read("/nowhere/labels.jsonl")).Message.ShouldContain("Cannot read");
    }

    private static LabelSet Read(params string[] lines)
    {
        using var folder = new TemporaryFolder();
        return LabelSet.Read(folder.Write("labels.jsonl", string.Join('\n', lines)));
    }
}
