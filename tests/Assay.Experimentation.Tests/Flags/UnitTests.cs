using System.Text;
using Assay.Flags;
using Assay.Hashing;
using Assay.Stores;

namespace Assay.Experimentation.Tests.Flags;

public sealed class UnitTests
{
    [Fact]
    public void The_last_attribute_of_a_name_counts_and_a_missing_one_has_no_value()
    {
        var attributes = new UnitAttributes(new UnitAttribute("plan", "free"), new UnitAttribute("age", double.NaN), new UnitAttribute("plan", "paid"));
        attributes["plan"].Text.ShouldBe("paid");
        attributes["age"].Type.ShouldBe(AttributeType.None);
        attributes["group"].Type.ShouldBe(AttributeType.None);
        default(Unit).Key.ShouldBe("");
        default(Unit).Attributes.All.ShouldBeEmpty();
    }

    [Fact]
    public void More_attributes_than_allowed_are_refused() =>
        Should.Throw<ArgumentException>(() => new UnitAttributes([.. Enumerable.Range(0, 65).Select(i => new UnitAttribute($"a{i}", i))]));

    [Theory]
    [InlineData("")]
    [InlineData("user-17")]
    [InlineData("Ж👩‍👩‍👧\ud800")]
    public void A_unit_is_stored_as_the_same_number_each_time_and_not_as_its_neighbour(string key)
    {
        UnitId.Of(key).ShouldBe(UnitId.Of(new string(key)));
        UnitId.Of(key).ShouldNotBe(UnitId.Of(key + "x"));
    }

    [Fact]
    public void A_unit_is_made_of_the_bytes_of_UTF_8_and_allocates_nothing()
    {
        var random = new Random(7);
        Span<byte> bytes = stackalloc byte[Unit.MaxKeyBytes];
        string[] parts = ["a", "я", "用", "👩", "\ud800", "\udc00", "\0"];
        for (var i = 0; i < 2_000; i++)
        {
            var key = string.Concat(Enumerable.Range(0, random.Next(700)).Select(_ => parts[random.Next(parts.Length)]));
            Encoding.UTF8.GetEncoder().Convert(key, bytes, flush: true, out _, out var written, out _);
            UnitId.Of(key).ShouldBe(unchecked((long)XxHash64.Hash(bytes[..written], 0x756E69745F696431)));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        UnitId.Of("user-17");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_megabyte_of_a_key_costs_no_more_than_its_first_kibibyte()
    {
        var longKey = new string('я', 1 << 20);
        UnitId.Of(longKey).ShouldBe(UnitId.Of(longKey[..512]));
        UnitId.Of(longKey).ShouldNotBe(UnitId.Of(longKey[..511]));
    }
}
