using Assay.Evaluation.Datasets;

namespace Assay.Evaluation.Tests.Datasets;

public sealed class DatasetDiffTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Cases_are_matched_by_id_and_what_changed_is_named()
    {
        var diff = Diff(
            """
            {"id":"same","input":"x"}
            {"id":"gone","input":"y"}
            {"id":"other","input":"z","expected":"1","tags":["a"],"relevant":["d1"],"fields":{"channel":"c"}}
            """,
            """
            {"id":"new","input":"n"}
            {"id":"other","input":"z","expected":"2","tags":["a","b"],"relevant":{"d1":2},"fields":{"date":"d"}}
            {"id":"same","input":"x"}
            """
        );
        (diff.Added, diff.Removed, diff.Changed, diff.Unchanged).ShouldBe((1, 1, 1, 1));
        diff.SameCases.ShouldBeFalse();
        diff.Listed.Select(c => (c.Id, c.Kind)).ShouldBe([("gone", ChangeKind.Removed), ("other", ChangeKind.Changed), ("new", ChangeKind.Added)]);
        diff.Listed[1]
            .Parts.ShouldBe([
                new("expected", "1", "2"),
                new("relevant", "d1=1", "d1=2"),
                new("tags", "a", "a, b"),
                new("fields.channel", "c", null),
                new("fields.date", null, "d"),
            ]);
    }

    [Fact]
    public void The_same_cases_in_another_order_are_no_change_but_another_dataset()
    {
        var diff = Diff("{\"id\":\"1\",\"input\":\"x\"}\n{\"id\":\"2\",\"input\":\"y\"}", "{\"id\":\"2\",\"input\":\"y\"}\n{\"id\":\"1\",\"input\":\"x\"}");
        diff.SameCases.ShouldBeTrue();
        diff.From.Hash.ShouldNotBe(diff.To.Hash);
    }

    [Fact]
    public void All_differences_are_counted_and_a_thousand_listed()
    {
        var diff = Diff(Lines(0, 3_000, "a"), Lines(1_500, 3_000, "b"));
        (diff.Added, diff.Removed, diff.Changed, diff.Unchanged).ShouldBe((1_500, 1_500, 1_500, 0));
        diff.Listed.Count.ShouldBe(1_000);
    }

    [Fact]
    public void What_a_dataset_holds_is_counted()
    {
        var path = folder.Write(
            "q.jsonl",
            """
            {"id":"1","input":"x","expected":"1","cluster":"a","tags":["t","u"],"contexts":["p"]}
            {"id":"2","input":"x","cluster":"a","tags":["t"],"relevant":["d"]}
            {"id":"3","input":"y","fields":{"k":"v"}}
            """
        );
        var facts = DatasetFacts.Of(Dataset.Open(path));
        (facts.WithExpected, facts.WithContexts, facts.WithRelevant, facts.SameInput, facts.LargestCluster).ShouldBe((1, 1, 1, 1, 2));
        facts.Tags.ShouldBe([new("t", 2), new("u", 1)]);
        facts.Fields.ShouldBe(["k"]);
        facts.Identity.Clusters.ShouldBe(2);
    }

    private DatasetDiff Diff(string from, string to) =>
        DatasetDiff.Of(Dataset.Open(folder.Write("from.jsonl", from)), Dataset.Open(folder.Write("to.jsonl", to)));

    private static string Lines(int first, int count, string text) =>
        string.Join('\n', Enumerable.Range(first, count).Select(i => $$"""{"id":"{{i}}","input":"{{text}}"}"""));
}
