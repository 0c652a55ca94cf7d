using Assay.Experimentation.Assignment;
using Assay.Flags;

namespace Assay.Experimentation.Tests.Assignment;

public sealed class DrawTests
{
    // Computed with a second implementation, written in Python after the xxHash specification alone: xxh64(key, seed = xxh64("purpose:salt")),
    // both in UTF-8, and the position as bits · 10⁶ >> 64 in whole numbers of any size.
    [Theory]
    [InlineData("rollout", "rag_plus_plus", "", 0xDEE05EE4AD5D7936, 870611)]
    [InlineData("rollout", "rag_plus_plus", "a", 0x13695FF6AE720926, 75826)]
    [InlineData("rollout", "rag_plus_plus", "user-17", 0x5000B066E6E44829, 312510)]
    [InlineData("rollout", "rag_plus_plus", "00000000-0000-4000-8000-000000000017", 0x6725417795C74055, 402912)]
    [InlineData("traffic", "reranker_model_test", "user-17", 0x7736C3697805BEDE, 465679)]
    [InlineData("traffic", "reranker_model_test", "Жанна", 0x787E0DE4C6FC4E00, 470673)]
    [InlineData("layer", "search", "山田太郎", 0x5BDFEB578EBAC513, 358885)]
    [InlineData("layer", "search", "👩‍👩‍👧", 0x4396A15A8D1626E0, 264017)]
    [InlineData("arm", "reranker_model_test", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 0x12F6B5422E73471A, 74076)]
    [InlineData("arm", "reranker_model_test", "00000000-0000-4000-8000-000000000017", 0x15EE28D17DC54972, 85665)]
    [InlineData("rollout", "соль", "Жанна", 0x7E6C6AEAC5E66616, 493841)]
    public void A_draw_is_that_of_the_published_hash(string purpose, string salt, string key, ulong bits, int position)
    {
        var draw = new Draw(Enum.Parse<DrawPurpose>(purpose, ignoreCase: true), salt);
        draw.Bits(key).ShouldBe(bits);
        draw.Position(key).ShouldBe(position);
    }

    [Fact]
    public void A_lone_surrogate_counts_as_a_replacement_character()
    {
        var draw = new Draw(DrawPurpose.Rollout, "s");
        draw.Bits("\ud800x").ShouldBe(0x8CA3B9853134CB47UL);
        draw.Bits("\udc00x").ShouldBe(0x8CA3B9853134CB47UL);
    }

    [Fact]
    public void A_long_key_is_cut_before_the_character_that_does_not_fit()
    {
        var draw = new Draw(DrawPurpose.Rollout, "s");
        draw.Bits(new string('я', 1 << 20)).ShouldBe(0x8EDA1E733F3867F3UL);
        draw.Bits("a" + new string('я', 1 << 20)).ShouldBe(0x4DB93AA059B12BB5UL);
        draw.Bits(new string('a', Unit.MaxKeyBytes + 1)).ShouldBe(draw.Bits(new string('a', Unit.MaxKeyBytes)));
        draw.Bits(new string('a', Unit.MaxKeyBytes - 1)).ShouldNotBe(draw.Bits(new string('a', Unit.MaxKeyBytes)));
    }

    [Fact]
    public void Positions_are_the_steps_of_a_hash_and_nothing_beyond()
    {
        Draw.Position(0).ShouldBe(0);
        Draw.Position(ulong.MaxValue).ShouldBe(Draw.Steps - 1);
        Draw.Position(1UL << 63).ShouldBe(Draw.Steps / 2);
    }

    [Fact]
    public void Every_script_of_Unicode_is_drawn_for_and_evenly()
    {
        // 272 characters from each of 17 planes, surrogates that stand alone among them.
        var draw = new Draw(DrawPurpose.Rollout, "scripts");
        var keys = Enumerable
            .Range(0, 0x110000 / 241)
            .Select(i => i * 241)
            .Select(c => c is >= 0xD800 and <= 0xDFFF ? $"{(char)c}{c}" : $"{char.ConvertFromUtf32(c)}{c}");
        var positions = keys.Select(draw.Position).ToList();
        positions.Count(p => p < Draw.Steps / 2).ShouldBeInRange((positions.Count / 2) - 150, (positions.Count / 2) + 150);
        positions.Distinct().Count().ShouldBeGreaterThan(positions.Count * 99 / 100);
    }
}
