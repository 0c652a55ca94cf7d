using System.Security.Cryptography;
using System.Text;
using Assay.Releases.Ledger;

namespace Assay.Releases.Tests.Ledger;

public sealed class LedgerLineTests
{
    [Fact]
    public void A_link_is_read_back_as_it_was_written()
    {
        foreach (var link in SampleChain.Links(12))
        {
            var back = LedgerLine.TryRead(LedgerLine.Write(link)).ShouldNotBeNull();
            back.ShouldBe(link with { Entry = back.Entry });
            back.Entry.ShouldBe(link.Entry with { Body = back.Entry.Body });
            back.Entry.Body.ToArray().ShouldBe(link.Entry.Body.ToArray());
        }
    }

    [Fact]
    public void The_formula_is_the_one_of_the_reference()
    {
        var link = SampleChain.Links(2)[1];
        var text = $"assay.ledger/1\n2\n{link.Previous}\nrag_plus_plus@1.2.0\ngate\nkey/2\ntoken admin\n2026-11-21T12:00:02.0000000Z\n{link.BodyHash}\n";
        link.Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        link.BodyHash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData("""{"reason":"№ 2: \"ok\" / <b>","n":2,"share":0.20}"""u8)));
    }

    [Fact]
    public void There_is_one_way_to_write_a_link()
    {
        var line = Encoding.UTF8.GetString(SampleChain.Lines(1)[0]);
        Read(line).ShouldNotBeNull();
        Read(line + " ").ShouldBeNull();
        Read(" " + line).ShouldBeNull();
        Read(line.Replace("\"number\":1", "\"number\": 1")).ShouldBeNull();
        Read(line.Replace("\"number\":1", "\"number\":1,\"number\":1")).ShouldBeNull();
        Read(line.Replace("\"number\":1", "\"Number\":1")).ShouldBeNull();
        Read(line.Replace("\"body\":{", "\"body\":{},\"body\":{")).ShouldBeNull();
        Read(line.Replace("Анна", "\\u0410нна")).ShouldBeNull();
        Read(line[..^1]).ShouldBeNull();
        Read(line[..^1] + ",\"more\":1}").ShouldBeNull();
        Read("").ShouldBeNull();
        Read("{}").ShouldBeNull();
        Read("[1]").ShouldBeNull();
        Read("null").ShouldBeNull();
    }

    [Theory]
    [InlineData("rag", "k", "a", "{}")]
    [InlineData("rag@1\n", "k", "a", "{}")]
    [InlineData("RAG@1", "k", "a", "{}")]
    [InlineData("rag@1", "", "a", "{}")]
    [InlineData("rag@1", "k\nx", "a", "{}")]
    [InlineData("rag@1", "k", "", "{}")]
    [InlineData("rag@1", "k", "a\u0000", "{}")]
    [InlineData("rag@1", "k\ud800", "a", "{}")]
    [InlineData("rag@1", "k", "a", "[]")]
    [InlineData("rag@1", "k", "a", "{")]
    [InlineData("rag@1", "k", "a", "")]
    [InlineData("rag@1", "k", "a", "{} {}")]
    public void What_cannot_be_chained_is_refused(string release, string key, string actor, string body) =>
        Should
            .Throw<AssayException>(() => LedgerBody.Made(new LedgerEntry(release, LedgerKind.Gate, key, actor, SampleChain.Noon, Encoding.UTF8.GetBytes(body))))
            .ExitCode.ShouldBe(ExitCode.WrongUsage);

    [Fact]
    public void A_body_has_a_bound_in_bytes_and_in_depth()
    {
        Should.Throw<AssayException>(() => Made("{\"a\":\"" + new string('x', 256 << 10) + "\"}")).Message.ShouldContain("bytes");
        Should.Throw<AssayException>(() => Made(string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40))).Message.ShouldContain("no JSON");
        Encoding.UTF8.GetString(Made("{\n  \"a\" : 1.50,\n\t\"b\" : \"\\u0410\" }").Body.Span).ShouldBe("{\"a\":1.50,\"b\":\"А\"}");
    }

    private static LedgerEntry Made(string body) =>
        LedgerBody.Made(new LedgerEntry("rag@1", LedgerKind.Gate, "k", "a", SampleChain.Noon, Encoding.UTF8.GetBytes(body)));

    private static LedgerLink? Read(string line) => LedgerLine.TryRead(Encoding.UTF8.GetBytes(line));
}
