using System.Net;
using Assay.Catalogs;
using Assay.Experimentation.Flags;
using Assay.Experimentation.Flags.Conditions;
using Assay.Flags;

namespace Assay.Experimentation.Tests.Flags;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("in", "[a, b]", "b", true)]
    [InlineData("in", "[a, b]", "B", false)]
    [InlineData("in", "[a, b, c, d, e, f]", "f", true)]
    [InlineData("in", "[a, b, c, d, e, f]", "g", false)]
    [InlineData("notIn", "[a, b]", "c", true)]
    [InlineData("notIn", "[a, b]", "a", false)]
    [InlineData("equals", "[5]", "5", true)]
    [InlineData("equals", "[5]", "5.0", false)]
    [InlineData("notEquals", "[5]", "6", true)]
    [InlineData("contains", "[example]", "ann@example.org", true)]
    [InlineData("contains", "[Example]", "ann@example.org", false)]
    [InlineData("startsWith", "[x, ann]", "ann@example.org", true)]
    [InlineData("startsWith", "[nn]", "ann@example.org", false)]
    [InlineData("endsWith", "['.org']", "ann@example.org", true)]
    [InlineData("endsWith", "['.com']", "ann@example.org", false)]
    [InlineData("matches", "['^ann@.*\\.org$']", "ann@example.org", true)]
    [InlineData("matches", "['^bob']", "ann@example.org", false)]
    [InlineData("matches", "['^жа\\w+$']", "жанна", true)]
    [InlineData("less", "[10]", "9.5", true)]
    [InlineData("less", "[10]", "ten", false)]
    [InlineData("atLeast", "[-1e3]", "-1000", true)]
    [InlineData("before", "['2026-03-01']", "2026-02-28T23:59:59Z", true)]
    [InlineData("before", "['2026-03-01']", "2026-03-01T00:30:00+01:00", true)]
    [InlineData("before", "['2026-03-01']", "2026-03-01", false)]
    [InlineData("before", "['2026-03-01']", "soon", false)]
    [InlineData("after", "['2026-03-01T12:00:00.5Z']", "2026-03-01T12:00:00.6Z", true)]
    [InlineData("after", "['2026-03-01T12:00:00Z']", "2026-03-01T13:00:00+02:00", false)]
    [InlineData("semverEquals", "[1.2.3]", "1.2.3+build.5", true)]
    [InlineData("semverEquals", "[1.2.3]", "1.2.3-rc.1", false)]
    [InlineData("semverLess", "[2.0.0]", "2.0.0-rc.1", true)]
    [InlineData("semverAtMost", "[2.0.0]", "2.0.0", true)]
    [InlineData("semverGreater", "[1.9.0]", "1.10.0", true)]
    [InlineData("semverAtLeast", "[1.0.0]", "v1.0.0", false)]
    [InlineData("semverAtLeast", "[1.0.0]", "1.0", false)]
    [InlineData("cidr", "[10.0.0.0/8, '2001:db8::/32']", "10.255.0.1", true)]
    [InlineData("cidr", "[10.0.0.0/8, '2001:db8::/32']", "11.0.0.1", false)]
    [InlineData("cidr", "[10.0.0.0/8, '2001:db8::/32']", "2001:db8:ffff::1", true)]
    [InlineData("cidr", "[10.0.0.0/8]", "::ffff:10.1.2.3", true)]
    [InlineData("cidr", "[0.0.0.0/0]", "2001:db8::1", false)]
    [InlineData("cidr", "['::/0']", "1.2.3.4", true)]
    [InlineData("cidr", "[10.0.0.1/32]", "10.0.0.1", true)]
    [InlineData("cidr", "[10.0.0.0/8]", "10.0.0.01", false)]
    public void A_text_fits_or_not(string operation, string values, string actual, bool holds) =>
        Holds(operation, values, new UnitAttribute("a", actual)).ShouldBe(holds);

    [Theory]
    [InlineData("in", "[5, 6]", 5, true)]
    [InlineData("in", "['5.00']", 5, true)]
    [InlineData("notIn", "[5]", 5.5, true)]
    [InlineData("less", "[10]", 9.999, true)]
    [InlineData("atMost", "[10]", 10, true)]
    [InlineData("greater", "[10]", 10, false)]
    [InlineData("atLeast", "[10]", 10, true)]
    [InlineData("contains", "[1]", 10, false)]
    [InlineData("before", "['2026-03-01']", 5, false)]
    public void A_number_fits_or_not(string operation, string values, double actual, bool holds) =>
        Holds(operation, values, new UnitAttribute("a", actual)).ShouldBe(holds);

    [Theory]
    [InlineData("in", "[true]", true, true)]
    [InlineData("equals", "[false]", true, false)]
    [InlineData("notEquals", "[false]", true, true)]
    [InlineData("less", "[5]", true, false)]
    public void A_boolean_fits_or_not(string operation, string values, bool actual, bool holds) =>
        Holds(operation, values, new UnitAttribute("a", actual)).ShouldBe(holds);

    [Fact]
    public void Of_a_list_any_item_fits()
    {
        var groups = new UnitAttribute("a", ["staff", "beta", null!]);
        Holds("in", "[beta]", groups).ShouldBeTrue();
        Holds("notIn", "[beta]", groups).ShouldBeFalse();
        Holds("notIn", "[gamma]", groups).ShouldBeTrue();
        Holds("startsWith", "[st]", groups).ShouldBeTrue();
        Holds("exists", "", groups).ShouldBeTrue();
        Holds("in", "[beta]", new UnitAttribute("a", Array.Empty<string>())).ShouldBeFalse();
    }

    [Fact]
    public void A_missing_attribute_fits_nothing_so_that_only_what_negates_holds()
    {
        foreach (var operation in Operators.All)
        {
            var values = operation switch
            {
                "exists" or "absent" => "",
                "before" or "after" => "['2026-01-01']",
                "cidr" => "[10.0.0.0/8]",
                _ => "[1.0.0]",
            };
            if (operation is "less" or "atMost" or "greater" or "atLeast")
            {
                values = "[1]";
            }

            Holds(operation, values, new UnitAttribute("other", "x")).ShouldBe(operation is "notIn" or "notEquals" or "absent", operation);
        }
    }

    [Fact]
    public void The_key_is_an_attribute_and_missing_when_it_is_empty()
    {
        var condition = Read("in", "[ann]", Condition.Key);
        condition.Holds("ann").ShouldBeTrue();
        condition.Holds("bob").ShouldBeFalse();
        Read("absent", "", Condition.Key).Holds(default).ShouldBeTrue();
        Read("matches", "['a{1000}']", Condition.Key).Holds(new string('a', 1 << 20)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("like", "[a]", "there is no operator 'like'")]
    [InlineData("startWith", "[a]", "did you mean 'startsWith'?")]
    [InlineData("in", "", "has no values")]
    [InlineData("in", "[]", "has no values")]
    [InlineData("exists", "[a]", "compares with nothing")]
    [InlineData("less", "[ten]", "'ten' is no number")]
    [InlineData("less", "[1e999]", "is no number")]
    [InlineData("less", "[NaN]", "is no number")]
    [InlineData("before", "[01/02/2026]", "is no moment")]
    [InlineData("semverLess", "['1.2']", "is no version")]
    [InlineData("semverLess", "[01.2.3]", "is no version")]
    [InlineData("cidr", "[10.0.0.0]", "is no network")]
    [InlineData("cidr", "[10.0.0.0/33]", "is no network")]
    [InlineData("cidr", "[10.0.0.1/8]", "the network is 10.0.0.0/8")]
    [InlineData("cidr", "['2001:db8::1/32']", "the network is 2001:db8::/32")]
    [InlineData("matches", "['(']", "cannot be matched without backtracking")]
    [InlineData("matches", "['(a)\\1']", "cannot be matched without backtracking")]
    [InlineData("matches", "['(?=a)b']", "cannot be matched without backtracking")]
    [InlineData("matches", "['((((a{1000}){1000}){1000}){1000})']", "cannot be matched without backtracking")]
    public void What_cannot_be_compared_is_refused_with_the_reason_and_the_line(string operation, string values, string problem)
    {
        var fault = Should.Throw<AssayException>(() => Read(operation, values));
        fault.Message.ShouldContain(problem);
        fault.Message.ShouldStartWith("flags.yaml:1: ");
    }

    [Fact]
    public void A_pattern_of_more_than_a_thousand_characters_is_refused() =>
        Should.Throw<AssayException>(() => Read("matches", $"[{new string('a', 1001)}]")).Message.ShouldContain("1001 characters");

    [Fact]
    public void A_pattern_that_explodes_elsewhere_takes_time_in_proportion_to_the_text()
    {
        var evil = Read("matches", "['^(a+)+$']", Condition.Key);
        evil.Holds(new string('a', 1 << 20) + "!").ShouldBeFalse();
        evil.Holds(new string('a', 1 << 20)).ShouldBeTrue();
    }

    // The example of Semantic Versioning 2.0.0, section 11, and numbers that no integer holds.
    [Fact]
    public void Versions_are_ordered_as_the_specification_says()
    {
        string[] ordered =
        [
            "0.0.9",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0-rc.1.0",
            "1.0.0",
            "2.0.0",
            "2.1.0",
            "2.1.1",
            "2.1.99999999999999999999999",
            "2.1.100000000000000000000000",
        ];
        for (var i = 0; i < ordered.Length; i++)
        {
            SemanticVersion.IsValid(ordered[i]).ShouldBeTrue(ordered[i]);
            for (var j = 0; j < ordered.Length; j++)
            {
                Math.Sign(SemanticVersion.Compare(ordered[i], ordered[j])).ShouldBe(Math.Sign(i.CompareTo(j)), $"{ordered[i]} {ordered[j]}");
            }
        }
    }

    [Fact]
    public void Moments_are_read_as_the_platform_reads_them()
    {
        var random = new Random(11);
        for (var i = 0; i < 2000; i++)
        {
            var offset = TimeSpan.FromMinutes(random.Next(-14 * 60, (14 * 60) + 1));
            var moment = new DateTimeOffset(random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), offset);
            Moment.TryParse(moment.ToString("O"), out var ticks).ShouldBeTrue();
            ticks.ShouldBe(moment.UtcTicks);
            Moment.TryParse(moment.ToString("yyyy-MM-dd HH:mm:ss.ff"), out ticks).ShouldBeTrue();
            ticks.ShouldBe(moment.Ticks / 100_000 * 100_000);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-1-1")]
    [InlineData("2026-02-29")]
    [InlineData("0000-01-01")]
    [InlineData("2026-13-01")]
    [InlineData("2026-01-01T")]
    [InlineData("2026-01-01T24:00:00Z")]
    [InlineData("2026-01-01T12:00Z")]
    [InlineData("2026-01-01T12:00:00.Z")]
    [InlineData("2026-01-01T12:00:00+1:00")]
    [InlineData("2026-01-01T12:00:00 UTC")]
    [InlineData("２０２６-01-01")]
    public void What_is_no_moment_is_none(string text) => Moment.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2")]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.03")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3-01")]
    [InlineData("1.2.3-a..b")]
    [InlineData("1.2.3+")]
    [InlineData("1.2.3-ж")]
    [InlineData(" 1.2.3")]
    [InlineData("-1.2.3")]
    public void What_is_no_version_is_none(string text) => SemanticVersion.IsValid(text).ShouldBeFalse();

    [Fact]
    public void Addresses_are_read_as_the_platform_reads_them()
    {
        var random = new Random(7);
        var bytes = new byte[16];
        for (var i = 0; i < 5000; i++)
        {
            random.NextBytes(bytes);
            if (i % 2 == 0)
            {
                var from = random.Next(16);
                bytes.AsSpan(from, random.Next(17 - from)).Clear();
            }

            var address = i % 3 == 0 ? new IPAddress(bytes.AsSpan(0, 4)) : new IPAddress(bytes);
            NetworkAddress.TryParse(address.ToString(), out var read).ShouldBeTrue(address.ToString());
            NetworkAddress.Text(read, isV4: i % 3 == 0).ShouldBe(address.ToString());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::12345")]
    [InlineData("::1%eth0")]
    [InlineData("1.2.3.4::")]
    [InlineData("::1.2.3")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.")]
    [InlineData("1.2.3.+4")]
    [InlineData("١.2.3.4")]
    public void What_is_no_address_is_none(string text) => NetworkAddress.TryParse(text, out _).ShouldBeFalse();

    private static bool Holds(string operation, string values, UnitAttribute attribute) =>
        Read(operation, values).Holds(new Unit("u", new UnitAttributes(attribute)));

    private static Condition Read(string operation, string values, string attribute = "a")
    {
        var yaml = $"attribute: {attribute}\noperator: {operation}" + (values.Length > 0 ? $"\nvalues: {values}" : "");
        return Operators.Read(CatalogFile.Parse<ConditionEntry>(yaml, "flags.yaml").Single(), FaultOwner.Flag("x"));
    }
}
