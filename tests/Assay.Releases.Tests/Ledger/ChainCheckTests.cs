using System.Text;
using Assay.Releases.Ledger;
using FsCheck.Fluent;

namespace Assay.Releases.Tests.Ledger;

public sealed class ChainCheckTests
{
    private const int Links = 12;

    private static readonly List<byte[]> Whole = SampleChain.Lines(Links);

    [Fact]
    public void A_whole_chain_passes_with_its_head()
    {
        var report = SampleChain.Check(Whole);
        report.Verdict.ShouldBe(Verdict.Pass);
        report.Links.ShouldBe(Links);
        report.Head.ShouldBe(SampleChain.Links(Links)[^1].Hash);
        report.Reason.ShouldContain("The chain is whole: 12 links");
    }

    [Fact]
    public void An_empty_ledger_has_no_data() => SampleChain.Check([]).Verdict.ShouldBe(Verdict.NoData);

    [Fact]
    public void Any_flipped_bit_is_found_at_its_link() =>
        Prop.ForAll(
                Gen.Choose(0, Links - 1).ToArbitrary(),
                Gen.Choose(0, 100_000).ToArbitrary(),
                Gen.Choose(0, 7).ToArbitrary(),
                (link, place, bit) =>
                {
                    var lines = Whole.ConvertAll(line => line.ToArray());
                    lines[link][place % lines[link].Length] ^= (byte)(1 << bit);
                    var report = SampleChain.Check(lines);
                    return report is { Verdict: Verdict.Fail, Fault: { } fault } && fault.Line == link + 1 && report.Links == link;
                }
            )
            .Holds(2_000);

    [Fact]
    public void Every_bit_of_a_link_counts()
    {
        var line = Whole[3];
        for (var i = 0; i < line.Length * 8; i++)
        {
            var lines = Whole.ConvertAll(l => l.ToArray());
            lines[3][i / 8] ^= (byte)(1 << (i % 8));
            SampleChain.Check(lines).Fault.ShouldNotBeNull($"bit {i}").Line.ShouldBe(4, $"bit {i}");
        }
    }

    [Fact]
    public void A_link_that_is_taken_away_is_missed() =>
        Prop.ForAll(
                Gen.Choose(0, Links - 2).ToArbitrary(),
                gone =>
                {
                    var report = SampleChain.Check(Whole.Where((_, i) => i != gone));
                    return report.Fault is { } fault && fault.Line == gone + 1 && fault.Number == gone + 2;
                }
            )
            .Holds();

    [Fact]
    public void Two_links_that_change_places_are_found() =>
        Prop.ForAll(
                Gen.Choose(0, Links - 1).ToArbitrary(),
                Gen.Choose(0, Links - 1).ToArbitrary(),
                (one, other) =>
                {
                    var lines = Whole.ToList();
                    (lines[one], lines[other]) = (lines[other], lines[one]);
                    var report = SampleChain.Check(lines);
                    return one == other ? report.Verdict == Verdict.Pass : report.Fault is { } fault && fault.Line == Math.Min(one, other) + 1;
                }
            )
            .Holds();

    [Fact]
    public void A_link_that_stands_twice_is_found() =>
        Prop.ForAll(
                Gen.Choose(0, Links - 1).ToArbitrary(),
                twice =>
                {
                    var lines = Whole.ToList();
                    lines.Insert(twice + 1, lines[twice]);
                    return SampleChain.Check(lines).Fault is { } fault && fault.Line == twice + 2 && fault.Problem.Contains("a second time");
                }
            )
            .Holds();

    [Fact]
    public void A_cut_inside_a_line_is_found_and_one_between_lines_by_the_head() =>
        Prop.ForAll(
                Gen.Choose(1, 100_000).ToArbitrary(),
                at =>
                {
                    var bytes = Whole.SelectMany(line => line.Append((byte)'\n')).ToArray();
                    var cut = bytes[..(1 + (at % (bytes.Length - 2)))];
                    var lines = Split(cut);
                    var report = SampleChain.Check(lines, SampleChain.Links(Links)[^1].Hash);
                    return report.Verdict == Verdict.Fail || lines.Count == Links;
                }
            )
            .Holds(500);

    [Fact]
    public void A_link_that_was_changed_and_hashed_anew_breaks_the_next()
    {
        var links = SampleChain.Links(4);
        links[1] = LedgerHash.Link(2, links[0].Hash, links[1].Entry with { Actor = "somebody else" });
        var report = SampleChain.Check(links.Select(l => LedgerLine.Write(l)));
        report.Fault.ShouldNotBeNull().Number.ShouldBe(3);
        report.Fault.Problem.ShouldContain("another link before it");
    }

    [Theory]
    [InlineData("\"actor\":\"token admin\"", "\"actor\":\"token bdmin\"", "its hash is not that of its content")]
    [InlineData("\"n\":2", "\"n\":3", "its body was changed")]
    [InlineData("\"kind\":\"gate\"", "\"kind\":\"gote\"", "not as a ledger writes it")]
    public void The_first_broken_link_is_named_with_what_is_wrong(string right, string wrong, string says)
    {
        var lines = SampleChain.Lines(4);
        var text = Encoding.UTF8.GetString(lines[1]);
        text.ShouldContain(right);
        lines[1] = Encoding.UTF8.GetBytes(text.Replace(right, wrong));
        lines[2] = "x"u8.ToArray();
        var report = SampleChain.Check(lines);
        report.Reason.ShouldStartWith("Link 2 is broken (line 2): ");
        report.Fault!.Problem.ShouldContain(says);
        report.Links.ShouldBe(1);
    }

    [Fact]
    public void A_chain_that_begins_later_or_names_a_link_before_its_first_is_broken()
    {
        SampleChain.Check(Whole.Skip(2)).Fault!.Problem.ShouldContain("the links before it are missing");
        var entry = SampleChain.Entry(1);
        var first = LedgerHash.Link(1, new string('a', 64), entry);
        SampleChain.Check([LedgerLine.Write(first)]).Fault!.Problem.ShouldContain("it is the first link and names one before it");
    }

    [Fact]
    public void Bodies_may_be_left_out_and_the_chain_is_whole()
    {
        var lines = SampleChain.Links(6).Select(l => LedgerLine.Write(l, withBody: l.Number % 2 == 0));
        var report = SampleChain.Check(lines);
        (report.Verdict, report.LeftOut).ShouldBe((Verdict.Pass, 3));
        report.Reason.ShouldContain("3 of them without their body");
    }

    [Fact]
    public void A_head_says_whether_links_were_cut_off_or_added()
    {
        var links = SampleChain.Links(Links);
        SampleChain.Check(Whole, links[^1].Hash).Reason.ShouldContain("ends with the head that was named");
        SampleChain.Check(Whole, links[8].Hash.ToUpperInvariant()).Reason.ShouldContain("is link 9; 3 links followed");
        var cut = SampleChain.Check(Whole.Take(9), links[^1].Hash);
        cut.Verdict.ShouldBe(Verdict.Fail);
        cut.Reason.ShouldContain("were cut off at its end");
    }

    private static List<byte[]> Split(byte[] bytes)
    {
        var lines = new List<byte[]>();
        for (var at = 0; at < bytes.Length; )
        {
            var end = Array.IndexOf(bytes, (byte)'\n', at);
            end = end < 0 ? bytes.Length : end;
            lines.Add(bytes[at..end]);
            at = end + 1;
        }

        return lines;
    }
}
