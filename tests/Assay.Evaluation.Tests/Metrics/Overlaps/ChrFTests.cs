using Assay.Evaluation.Metrics;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Evaluation.Tests.Metrics.Overlaps;

public sealed class ChrFTests
{
    private const string Risk = "risk assessment has to be undertaken by those who are qualified and expert in that area - that is the scientists .";
    private const string RiskSaid = " risk assessment must be made of those who are qualified and expertise in the sector - these are the scientists .";
    private const string Obama = "Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich.";
    private const string ObamaSaid = " Die    Beziehung zwischen  Obama und Netanjahu ist nicht gerade  freundlich. ";

    // sacreBLEU's own tests (test/test_chrf.py at f615c72), which use β = 3; percent, printed to 10⁻⁴ and more.
    [Theory]
    [InlineData("a", "a", 100)]
    [InlineData("abc", "a b c", 100)]
    [InlineData("ab", "aa", 25)]
    [InlineData("hijklmnop", "abcdefg", 0)]
    [InlineData("b", "a", 0)]
    [InlineData("reference", "", 0)]
    [InlineData(Risk, RiskSaid, 63.361730)]
    [InlineData(Obama, ObamaSaid, 64.1302698)]
    public void The_published_test_values_come_out(string expected, string answer, double percent)
    {
        Metric.Of("{kind: chrf, beta: 3}").Score(expected, answer).ShouldBe(percent / 100, 1e-8);
    }

    // Computed once with sacreBLEU at f615c72: CHRF() and CHRF(word_order=2) on one sentence, percent.
    [Theory]
    [InlineData(Risk, RiskSaid, 63.43165368117263, 59.23655108183626)]
    [InlineData(Obama, ObamaSaid, 64.818123726097, 61.58723245629576)]
    [InlineData(
        "Nejvíce smutní jsme z toho, že musíme rozhodovat o tom, kdo bude žít a kdo zemře.",
        "Co nás nejvíc trápí, protože lékaři si vybírají, kdo bude žít a kdo zemře.",
        39.14081690316369,
        40.3769131075315
    )]
    [InlineData(
        "Новая версия языка вышла; она на 12 % быстрее, но памяти нужно больше.",
        "Вышла новая версия языка: она быстрее (на 12%), но требует больше памяти.",
        54.404222604735274,
        50.28836094316318
    )]
    [InlineData("24 октября", "24", 20.79866888519135, 32.97297297297297)]
    [InlineData("“Hello”, he said...", "\"Hello,\" he said.", 48.387879682363106, 41.304199892110724)]
    [InlineData("👍🏽 ок!", "👍 ок", 31.02189781021898, 25.771324863883848)]
    public void SacreBleu_computes_the_same(string expected, string answer, double chrF, double chrFPlusPlus)
    {
        Metric.Of("kind: chrf").Score(expected, answer).ShouldBe(chrF / 100, 1e-13);
        Metric.Of("{kind: chrf, wordOrder: 2}").Score(expected, answer).ShouldBe(chrFPlusPlus / 100, 1e-13);
    }

    [Fact]
    public void Composed_and_decomposed_letters_are_the_same()
    {
        Metric.Of("kind: chrf").Score("Ёлка й é", "Е\u0308лка и\u0306 e\u0301").ShouldBe(1);
    }

    [Fact]
    public void Capitals_count_unless_told_otherwise()
    {
        Metric.Of("kind: chrf").Score("Париж", "париж").ShouldBeLessThan(1);
        Metric.Of("{kind: chrf, ignoreCase: true}").Score("Париж", "париж").ShouldBe(1);
    }

    [Fact]
    public void A_case_without_an_expected_answer_is_not_measured()
    {
        Metric.Of("kind: chrf").Measure(null, "x").ShouldBeOfType<Measurement.NotApplicable>();
        Metric.Of("kind: chrf").Measure(" ", "x").ShouldBeOfType<Measurement.NotApplicable>();
    }

    [Fact]
    public void Scores_agree_with_counting_by_hand()
    {
        Prop.ForAll(
                Texts(),
                Texts(),
                (expected, answer) =>
                    expected.Trim().Length == 0 || Math.Abs(Metric.Of("kind: chrf").Score(expected, answer) - ByHand(expected, answer)) < 1e-12
            )
            .Holds();
    }

    [Fact]
    public void Scores_are_shares_and_1_for_the_same_text()
    {
        Prop.ForAll(
                Texts(),
                Texts(),
                (expected, answer) =>
                    expected.Trim().Length == 0
                    || new[] { "kind: chrf", "{kind: chrf, wordOrder: 2}" }.All(yaml =>
                        Metric.Of(yaml).Score(expected, answer) is >= 0 and <= 1 && Metric.Of(yaml).Score(expected, expected) == 1
                    )
            )
            .Holds();
    }

    [Fact]
    public void A_megabyte_and_broken_characters_are_measured()
    {
        var text = string.Concat(Enumerable.Repeat("Жук\ud800 👩‍👩‍👧 ", 80_000));
        Metric.Of("kind: chrf").Score(text, text).ShouldBe(1);
        Metric.Of("kind: chrf").Score("Жук", text).ShouldBeInRange(0, 0.3);
    }

    /// <summary>The definition, word for word: mean precision and recall over the lengths that both texts have, then F with β = 2.</summary>
    private static double ByHand(string expected, string answer)
    {
        string wanted = string.Concat(expected.Where(c => !char.IsWhiteSpace(c))),
            said = string.Concat(answer.Where(c => !char.IsWhiteSpace(c)));
        var orders = Enumerable.Range(1, 6).Where(order => wanted.Length >= order && said.Length >= order).ToList();
        if (orders.Count == 0)
        {
            return 0;
        }

        var precision = orders.Average(order => (double)Matches(wanted, said, order) / (said.Length - order + 1));
        var recall = orders.Average(order => (double)Matches(wanted, said, order) / (wanted.Length - order + 1));
        return precision + recall == 0 ? 0 : 5 * precision * recall / ((4 * precision) + recall);
    }

    private static int Matches(string expected, string answer, int order)
    {
        var left = Runs(expected, order).ToList();
        return Runs(answer, order).Count(left.Remove);
    }

    private static IEnumerable<string> Runs(string text, int order) => Enumerable.Range(0, text.Length - order + 1).Select(i => text.Substring(i, order));

    private static Arbitrary<string> Texts() => Gen.Elements('а', 'б', 'в', 'x', ' ', '.').ArrayOf().Select(letters => new string(letters)).ToArbitrary();
}
