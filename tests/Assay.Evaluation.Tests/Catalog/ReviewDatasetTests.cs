using Assay.Evaluation.Datasets;

namespace Assay.Evaluation.Tests.Catalog;

/// <summary>The shape of a reviewer's dataset.</summary>
public sealed class ReviewDatasetTests
{
    private static readonly List<Case> Cases = [.. Dataset.Open(RepositoryFiles.Path("catalog/datasets/benchmark_review_smoke.jsonl")).Read()];

    [Fact]
    public void A_case_holds_the_change_the_findings_of_each_pass_and_their_synthesis()
    {
        Cases.Count.ShouldBeLessThan(5);
        foreach (var review in Cases)
        {
            var passes = review.Fields["passes"].Split(", ");
            review.Contexts.Select(finding => finding.Split(' ', ':')[1]).ShouldBe(passes, review.Id);
            review.Contexts.ShouldAllBe(finding => finding.StartsWith("Pass "), review.Id);
            review.Fields["diff"].ShouldContain("+", customMessage: review.Id);
            review.Expected.ShouldNotBeNullOrWhiteSpace(review.Id);
            review.Cluster.ShouldNotBeNull(review.Id);
        }
    }

    [Fact]
    public void Its_tags_say_the_language_and_whether_something_blocks() =>
        Cases.ShouldAllBe(c => c.Tags.Contains(c.Fields["language"]) && c.Tags.Contains("blocking") == (c.Fields["severity"] == "blocking"));
}
