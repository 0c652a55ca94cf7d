using System.Text;
using System.Text.Json;
using Assay.Text;

namespace Assay.Tests.Text;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData(""" "plain \n \u0041" """, "plain \n A")]
    [InlineData(""" "\ud83d\udc4d" """, "👍")]
    [InlineData(""" "\ud83d" """, "\uFFFD")]
    [InlineData(""" "\udc4d" """, "\uFFFD")]
    [InlineData(""" "\ud83d\ud83d\udc4d\udc4d" """, "\uFFFD👍\uFFFD")]
    [InlineData(""" "\ud83d\n\"\\" """, "\uFFFD\n\"\\")]
    [InlineData(""" "\\ud83d \ud83d" """, "\\ud83d \uFFFD")]
    public void Half_of_a_surrogate_pair_becomes_one_replacement_and_all_else_stays(string json, string text) =>
        Read(Encoding.UTF8.GetBytes(json)).ShouldBe(text);

    [Fact]
    public void Bytes_that_are_no_UTF_8_become_replacements() => Read([.. "\"a"u8, 0xFF, .. "b\\ud83d\""u8]).ShouldBe("a\uFFFDb\uFFFD");

    private static string Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonText.Of(document.RootElement);
    }
}
