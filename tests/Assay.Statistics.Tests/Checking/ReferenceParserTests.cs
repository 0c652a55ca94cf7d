using System.Text;
using System.Text.Json;
using Assay.Statistics.Checking;

namespace Assay.Statistics.Tests.Checking;

public sealed class ReferenceParserTests
{
    [Fact]
    public void Every_value_has_its_type()
    {
        var fields = Parse("""{"n": -1.5e-3, "t": "word", "f": false, "y": true, "z": null, "o": {"a": 1}, "l": [1, "x", 2], "d": [1, 2.5], "e": []}""")
            .ShouldBeOfType<ReferenceObject>();
        fields["n"].ShouldBe(new ReferenceNumber(-1.5e-3));
        fields["t"].ShouldBe(new ReferenceText("word"));
        fields["f"].ShouldBe(new ReferenceFlag(Value: false));
        fields["y"].ShouldBe(new ReferenceFlag(Value: true));
        fields["z"].ShouldBe(new ReferenceNothing());
        fields["o"].ShouldBeOfType<ReferenceObject>()["a"].ShouldBe(new ReferenceNumber(1));
        fields["l"].ShouldBeOfType<ReferenceList>().Items.ShouldBe([new ReferenceNumber(1), new ReferenceText("x"), new ReferenceNumber(2)]);
        fields["d"].ShouldBeOfType<ReferenceNumbers>().Values.ShouldBe([1, 2.5]);
        fields["e"].ShouldBeOfType<ReferenceNumbers>().Values.ShouldBeEmpty();
        fields["missing"].ShouldBeNull();
        fields.Fields.Keys.ShouldBe(["n", "t", "f", "y", "z", "o", "l", "d", "e"]);
    }

    [Fact]
    public void The_names_of_what_is_no_number_are_read_as_such()
    {
        Parse("\"NaN\"").ShouldBe(new ReferenceNumber(double.NaN));
        Parse("\"Infinity\"").ShouldBe(new ReferenceNumber(double.PositiveInfinity));
        Parse("\"-Infinity\"").ShouldBe(new ReferenceNumber(double.NegativeInfinity));
        Parse("\"nan\"").ShouldBe(new ReferenceText("nan"));
        Parse("""[1, "NaN", "-Infinity"]""").ShouldBeOfType<ReferenceNumbers>().Values.ShouldBe([1, double.NaN, double.NegativeInfinity]);
    }

    [Fact]
    public void Lists_of_lists_keep_their_rows() =>
        Parse("[[1, 2], [], [3]]").ShouldBeOfType<ReferenceList>().Items.Select(i => ((ReferenceNumbers)i).Values.Count).ShouldBe([2, 0, 1]);

    [Fact]
    public void A_byte_order_mark_is_passed_by() => ReferenceParser.Parse([0xEF, 0xBB, 0xBF, (byte)'7']).ShouldBe(new ReferenceNumber(7));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1, 2")]
    [InlineData("[1] 2")]
    [InlineData("[1,]")]
    [InlineData("NaN")]
    [InlineData("{\"a\": 1 \"b\": 2}")]
    public void What_is_no_JSON_is_refused(string text) => Should.Throw<JsonException>(() => Parse(text));

    [Fact]
    public void A_name_given_twice_is_refused()
    {
        Should.Throw<JsonException>(() => Parse("""{"a": 1, "b": {"c": 1}, "a": 2}""")).Message.ShouldBe("'a' is given twice in one object (byte 24).");
        Parse("""{"a": 1, "b": {"a": 1}}""").ShouldBeOfType<ReferenceObject>();
    }

    [Fact]
    public void Sixty_four_levels_are_read_and_no_more()
    {
        Parse(new string('[', 64) + new string(']', 64)).ShouldBeOfType<ReferenceList>();
        Should.Throw<JsonException>(() => Parse(new string('[', 65) + new string(']', 65)));
    }

    private static ReferenceValue Parse(string json) => ReferenceParser.Parse(Encoding.UTF8.GetBytes(json));
}
