using Assay.Flags;
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
    public void A_megabyte_of_a_key_costs_no_more_than_its_first_kibibyte()
    {
        var longKey = new string('я', 1 << 20);
        UnitId.Of(longKey).ShouldBe(UnitId.Of(longKey[..512]));
        UnitId.Of(longKey).ShouldNotBe(UnitId.Of(longKey[..511]));
    }
}
