using Assay.Evaluation.Metrics;
using Assay.Evaluation.Metrics.Overlaps;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Evaluation.Tests.Metrics.Overlaps;

public sealed class RougeTests
{
    private const double Exactly = 1e-12;

    // The test values of the rouge-score package 0.1 (google-research/rouge, rouge_scorer_test.py): the same three words, answers of it.
    [Theory]
    [InlineData("rouge_1", "precision", "testing", 1)]
    [InlineData("rouge_1", "recall", "testing", 1.0 / 3)]
    [InlineData("rouge_1", "f1", "testing", 1.0 / 2)]
    [InlineData("rouge_2", "precision", "testing one", 1)]
    [InlineData("rouge_2", "recall", "testing one", 1.0 / 2)]
    [InlineData("rouge_2", "f1", "testing one", 2.0 / 3)]
    [InlineData("rouge_l", "precision", "testing two", 1)]
    [InlineData("rouge_l", "recall", "testing two", 2.0 / 3)]
    [InlineData("rouge_l", "f1", "testing two", 4.0 / 5)]
    [InlineData("rouge_1", "f1", "", 0)]
    [InlineData("rouge_l", "f1", "/", 0)]
    public void The_published_test_values_come_out(string kind, string statistic, string answer, double score)
    {
        Metric.Of($"{{kind: {kind}, statistic: {statistic}}}").Score("testing one two", answer).ShouldBe(score, Exactly);
    }

    // Lin, ROUGE: A Package for Automatic Evaluation of Summaries (2004), section 3: S1 to S4.
    [Theory]
    [InlineData("police kill the gunman", 3.0 / 4, 1.0 / 3)]
    [InlineData("the gunman kill police", 2.0 / 4, 1.0 / 3)]
    [InlineData("the gunman police killed", 2.0 / 4, 2.0 / 3)]
    public void The_examples_of_the_paper_come_out(string answer, double rougeL, double rouge2)
    {
        Metric.Of("{kind: rouge_l, stem: false}").Score("police killed the gunman", answer).ShouldBe(rougeL, Exactly);
        Metric.Of("{kind: rouge_2, stem: false}").Score("police killed the gunman", answer).ShouldBe(rouge2, Exactly);
    }

    [Theory]
    [InlineData("Кошки съели рыбу", "кошка съела рыбу", 1)]
    [InlineData("cats were sleeping", "cat were sleeps", 1)]
    [InlineData("ёлка", "елка", 1)]
    public void Russian_and_English_words_are_compared_by_their_stems(string expected, string answer, double score)
    {
        Metric.Of("kind: rouge_1").Score(expected, answer).ShouldBe(score, Exactly);
    }

    [Fact]
    public void Repeats_count_as_often_as_they_are_expected()
    {
        // Clipped counts: "the" stands twice in the reference, seven times in the answer (the example of Papineni and others 2002).
        Metric.Of("{kind: rouge_1, statistic: precision}").Score("The cat is on the mat", "the the the the the the the").ShouldBe(2.0 / 7, Exactly);
    }

    [Theory]
    [InlineData("rouge_1")]
    [InlineData("rouge_2")]
    [InlineData("rouge_l")]
    public void A_case_without_enough_words_is_not_measured(string kind)
    {
        Metric.Of($"kind: {kind}").Measure(null, "x").ShouldBeOfType<Measurement.NotApplicable>();
        Metric.Of($"kind: {kind}").Measure("…", "x").ShouldBeOfType<Measurement.NotApplicable>();
    }

    [Fact]
    public void Counts_agree_with_counting_by_hand()
    {
        Prop.ForAll(
                Sentences(),
                Sentences(),
                (expected, answer) =>
                    new[] { 1, 2 }.All(order =>
                    {
                        var wanted = Runs(expected, order);
                        if (wanted.Count == 0)
                        {
                            return true;
                        }

                        var found = Runs(answer, order);
                        var matches = wanted.GroupBy(run => run).Sum(group => Math.Min(group.Count(), found.Count(run => run == group.Key)));
                        return Near($"rouge_{order}", "recall", (double)matches / wanted.Count, expected, answer)
                            && Near($"rouge_{order}", "precision", found.Count == 0 ? 0 : (double)matches / found.Count, expected, answer);
                    })
            )
            .Holds();
    }

    [Fact]
    public void The_subsequence_agrees_with_the_table_of_the_textbook()
    {
        Prop.ForAll(
                ArbMap.Default.GeneratorFor<byte>().Select(b => (ulong)(b % 5)).ArrayOf(200).ToArbitrary(),
                ArbMap.Default.GeneratorFor<byte>().Select(b => (ulong)(b % 7)).ArrayOf(170).ToArbitrary(),
                (first, second) => CommonSubsequence.Length(first, second) == Table(first, second)
            )
            .Holds();
    }

    [Fact]
    public void Scores_are_shares_symmetric_in_F1_and_1_for_the_same_words()
    {
        Prop.ForAll(
                Sentences(),
                Sentences(),
                (first, second) =>
                    new[] { "rouge_1", "rouge_2", "rouge_l" }.All(kind =>
                    {
                        var metric = Metric.Of($"kind: {kind}");
                        return metric.Measure(first, second) is not Measurement.Value forth
                            || metric.Measure(second, first) is not Measurement.Value back
                            || forth.Score is >= 0 and <= 1 && Math.Abs(forth.Score - back.Score) < Exactly && metric.Score(first, first) == 1;
                    })
            )
            .Holds();
    }

    [Fact]
    public void Beyond_the_bound_the_score_is_a_lower_bound_and_says_so()
    {
        var text = string.Join(' ', Enumerable.Range(0, CommonSubsequence.MaxWords + 25_000));
        var value = Metric.Of("kind: rouge_l").Measure(text, text).ShouldBeOfType<Measurement.Value>();
        value.Score.ShouldBe(0.8, Exactly);
        value.Reason.ShouldBe("at least: of 125000 words the first 100000 were compared");
        Metric.Of("kind: rouge_2").Score(text, text).ShouldBe(1);
    }

    private static bool Near(string kind, string statistic, double value, string expected, string answer) =>
        Math.Abs(Metric.Of($"{{kind: {kind}, statistic: {statistic}}}").Score(expected, answer) - value) < Exactly;

    private static List<string> Runs(string text, int order)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. Enumerable.Range(0, Math.Max(0, words.Length - order + 1)).Select(i => string.Join(' ', words[i..(i + order)]))];
    }

    private static int Table(ulong[] first, ulong[] second)
    {
        var table = new int[first.Length + 1, second.Length + 1];
        for (var i = 1; i <= first.Length; i++)
        {
            for (var j = 1; j <= second.Length; j++)
            {
                table[i, j] = first[i - 1] == second[j - 1] ? table[i - 1, j - 1] + 1 : Math.Max(table[i - 1, j], table[i, j - 1]);
            }
        }

        return table[first.Length, second.Length];
    }

    private static Arbitrary<string> Sentences() =>
        Gen.Elements("кот", "дом", "cat", "dog", "2026", "лес").ArrayOf().Select(words => string.Join(' ', words)).ToArbitrary();
}
