using System.Text.RegularExpressions;
using Assay.Evaluation.Datasets;

namespace Assay.Evaluation.Tests.Catalog;

/// <summary>The rules by which the digests of the catalog were written.</summary>
public sealed partial class DigestDatasetTests
{
    private static readonly List<Case> Cases = [.. Open("benchmark_digest_ru_v1").Read()];

    [Fact]
    public void It_holds_sixty_days_of_twelve_channels()
    {
        Cases.Count.ShouldBe(60);
        Cases.Select(c => c.Cluster).Distinct().Count().ShouldBe(12);
        Cases.ShouldAllBe(c => c.Cluster == c.Fields["channel"] && DateOnly.ParseExact(c.Fields["date"], "yyyy-MM-dd").Year == 2026);
    }

    [Fact]
    public void A_day_has_four_to_eight_posts_in_the_order_of_their_times()
    {
        foreach (var day in Cases)
        {
            var times = Mark().Matches(day.Input).Select(m => m.Groups["time"].Value).ToList();
            times.Count.ShouldBeInRange(4, 8, day.Id);
            times.SequenceEqual(times.Order(StringComparer.Ordinal)).ShouldBeTrue(day.Id);
            day.Input[0].ShouldBe('[', day.Id);
        }
    }

    [Fact]
    public void A_digest_has_three_to_six_lines() =>
        Cases.ShouldAllBe(c =>
            c.Expected!.Split('\n').Length >= 3 && c.Expected.Split('\n').Length <= 6 && c.Expected.Split('\n').All(line => line.StartsWith("• "))
        );

    [Fact]
    public void Every_figure_of_a_digest_stands_in_its_posts() =>
        Cases
            .SelectMany(c =>
                Figure()
                    .Matches(c.Expected!)
                    .Select(m => m.Value)
                    .Where(figure => !Figure().Matches(c.Input).Any(m => m.Value == figure))
                    .Select(f => $"{c.Id}: {f}")
            )
            .ShouldBeEmpty();

    [Fact]
    public void No_digest_advertises_or_jokes() => Cases.ShouldAllBe(c => !Unwanted().IsMatch(c.Expected!));

    [Fact]
    public void Tags_say_what_is_in_the_posts()
    {
        Cases.ShouldAllBe(c => c.Tags.Contains("has-ad") || !c.Input.Contains("#реклама"));
        Cases.ShouldAllBe(c => c.Tags.Contains("has-meme") == Joke().IsMatch(c.Input));
        Cases.ShouldAllBe(c => c.Tags.Contains("short") == c.Input.Length < 600 && c.Tags.Contains("long") == c.Input.Length >= 750);
        foreach (var tag in (string[])["has-ad", "has-meme", "has-duplicate", "has-contradiction"])
        {
            Cases.Count(c => c.Tags.Contains(tag)).ShouldBeGreaterThanOrEqualTo(10, tag);
        }
    }

    [Fact]
    public void The_smoke_dataset_is_a_part_of_it_with_fewer_than_five_cases()
    {
        var smoke = Open("benchmark_digest_ru_smoke").Read().ToList();
        smoke.Count.ShouldBeLessThan(5);
        smoke.ShouldAllBe(few => CaseFingerprint.Of(few) == CaseFingerprint.Of(Cases.Single(c => c.Id == few.Id)));
    }

    private static Dataset Open(string name) => Dataset.Open(RepositoryFiles.Path($"catalog/datasets/{name}.jsonl"));

    [GeneratedRegex(@"^\[(?<time>\d\d:\d\d)\] ", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Mark();

    [GeneratedRegex(@"\d+(?:[.,]\d+)*", RegexOptions.NonBacktracking)]
    private static partial Regex Figure();

    [GeneratedRegex("промокод|#реклама|скидк|#мем|#юмор|розыгрыш", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Unwanted();

    [GeneratedRegex("#мем|#юмор", RegexOptions.NonBacktracking)]
    private static partial Regex Joke();
}
