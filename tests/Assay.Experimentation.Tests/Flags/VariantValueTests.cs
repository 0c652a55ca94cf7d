using System.Text.Json;

namespace Assay.Experimentation.Tests.Flags;

public sealed class VariantValueTests
{
    [Theory]
    [InlineData("true", "true")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("5", "5")]
    [InlineData("-2.50", "-2.50")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("+5", "5")]
    [InlineData("007", "7")]
    [InlineData("-.5", "-0.5")]
    [InlineData("5.", "5")]
    [InlineData("1e3", "1e3")]
    [InlineData("'5'", "\"5\"")]
    [InlineData("!!str 5", "\"5\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("Infinity", "\"Infinity\"")]
    [InlineData("NaN", "\"NaN\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("2026-01-31", "\"2026-01-31\"")]
    [InlineData("Ж👩", "\"Ж👩\"")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("{ a: 1, b: [true, x, null] }", "{\"a\":1,\"b\":[true,\"x\",null]}")]
    [InlineData("[]", "[]")]
    public void A_value_keeps_its_type(string yaml, string json)
    {
        var value = Flagging.Read($"name: a\nvariants:\n  v: {yaml}\ndefault: v\nwhenOff: v").Evaluate("a", default).Value!;
        JsonElement.DeepEquals(value.Json, JsonElement.Parse(json)).ShouldBeTrue(value.Json.GetRawText());
    }

    [Theory]
    [InlineData(".inf", "no number that JSON can hold")]
    [InlineData("-.inf", "no number that JSON can hold")]
    [InlineData(".nan", "no number that JSON can hold")]
    [InlineData("1e999", "no number that JSON can hold")]
    [InlineData("{ a: 1, a: 2 }", "'a' stands twice")]
    [InlineData("[*other]", "an alias")]
    public void What_JSON_cannot_hold_is_refused_with_its_line(string yaml, string problem)
    {
        var fault = Flagging.Fault($"name: a\nvariants:\n  v: {yaml}\ndefault: v\nwhenOff: v");
        fault.ShouldContain(problem);
        fault.ShouldStartWith("flags.yaml:3: ");
    }

    [Fact]
    public void A_value_of_too_many_levels_is_refused() =>
        Flagging.Fault($"name: a\nvariants:\n  v: {new string('[', 40)}{new string(']', 40)}\ndefault: v\nwhenOff: v").ShouldContain("32 levels");
}
