using Assay.Evaluation.Datasets;
using Assay.Models.Offline;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Tests.Catalog;

/// <summary>What the offline model makes of the digests' posts: no quality is claimed, but a dry run must look as it should.</summary>
public sealed class OfflineDigestTests
{
    [Fact]
    public async Task A_dry_run_tells_a_few_posts_of_every_day_and_advertises_nothing()
    {
        using var chat = new OfflineChat();
        foreach (var day in Dataset.Open(RepositoryFiles.Path("catalog/datasets/benchmark_digest_ru_v1.jsonl")).Read())
        {
            var digest = (await chat.GetResponseAsync(day.Input, cancellationToken: TestContext.Current.CancellationToken)).Text;
            digest.Split('\n').Length.ShouldBeInRange(2, 6, day.Id);
            digest.Split('\n').ShouldAllBe(line => line.StartsWith("• ") && line.Length <= 225);
            digest.ShouldNotContain("промокод", Shouldly.Case.Insensitive, day.Id);
            digest.ShouldNotContain("#", Shouldly.Case.Sensitive, day.Id);
        }
    }
}
