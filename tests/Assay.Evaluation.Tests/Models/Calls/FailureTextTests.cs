using System.Text;
using Assay.Models.Calls;

namespace Assay.Evaluation.Tests.Models.Calls;

public sealed class FailureTextTests
{
    [Theory]
    [InlineData("two\r\n\tlines", "two lines")]
    [InlineData("\u001b[31mred\u0000\u202e", "[31mred")]
    [InlineData("  edges  ", "edges")]
    [InlineData("", "")]
    public void Text_is_one_line_without_control_characters(string said, string shown) => FailureText.Of(said, key: null, []).ShouldBe(shown);

    [Fact]
    public void A_body_that_breaks_off_inside_a_character_is_shown_all_the_same() =>
        FailureText.Of(Encoding.UTF8.GetBytes("ошибка").AsSpan(0, 5), key: null, []).ShouldStartWith("ош");

    [Fact]
    public void The_key_goes_whatever_it_looks_like() => FailureText.Of("no such key: Tiger7", "tiger7", []).ShouldBe("no such key: [key]");

    [Fact]
    public void What_looks_like_a_secret_goes_too() =>
        FailureText.Of("sent sk-proj-abcdefghijklmnopqrstuvwx by ivan@example.org", key: null, []).ShouldNotContain("ivan@");

    [Fact]
    public void A_quotation_of_the_request_ends_the_text() =>
        FailureText
            .Of("Too long: 'My secret diary says that…'", key: null, ["Summarise: My secret diary says that I ate the cake"])
            .ShouldBe("Too long: '[the request's own text]");

    [Fact]
    public void A_message_is_not_longer_than_its_bound() => FailureText.Of(new string('я', 10_000), key: null, []).Length.ShouldBe(FailureText.MaxChars + 1);
}
