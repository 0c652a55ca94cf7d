using Assay.Server.Intake.Wire;

namespace Assay.Server.Tests.Intake.Wire;

public sealed class ProtoReaderTests
{
    private const uint Field1 = (1 << 3) | WireType.Varint;

    [Theory]
    [InlineData("0801", 1UL)]
    [InlineData("08AC02", 300UL)]
    [InlineData("08FFFFFFFFFFFFFFFFFF01", ulong.MaxValue)]
    [InlineData("0881808080808080808000", 1UL)] // longer than it needs to be, and right
    public void A_varint_has_up_to_ten_bytes(string hex, ulong expected) => FirstNumber(hex).ShouldBe((expected, default));

    [Theory]
    [InlineData("08", WireFault.Truncated, 1)]
    [InlineData("08FF", WireFault.Truncated, 1)]
    [InlineData("08FFFFFFFFFFFFFFFFFFFF01", WireFault.VarintTooLong, 1)]
    [InlineData("00", WireFault.BadTag, 0)]
    [InlineData("0E", WireFault.BadTag, 0)]
    [InlineData("0F", WireFault.BadTag, 0)]
    [InlineData("F8FFFFFFFFFF0101", WireFault.BadTag, 0)]
    [InlineData("1205414243", WireFault.Truncated, 1)]
    [InlineData("12FFFFFFFF0F41", WireFault.Truncated, 1)]
    [InlineData("12FFFFFFFFFFFFFFFFFF0141", WireFault.Truncated, 1)]
    [InlineData("0D010203", WireFault.Truncated, 1)]
    [InlineData("0901020304050607", WireFault.Truncated, 1)]
    [InlineData("0C", WireFault.BadGroup, 1)] // ends a group that did not begin
    [InlineData("0B0801", WireFault.BadGroup, 1)] // does not end
    [InlineData("0B14", WireFault.BadGroup, 1)] // ends another
    public void What_is_not_well_formed_is_noted_with_its_place(string hex, object fault, int offset)
    {
        var (_, problem) = FirstNumber(hex);
        problem.ShouldBe(new WireProblem((WireFault)fault, offset));
    }

    [Theory]
    [InlineData("0D010000000802")] // field 1 as fixed32, then as a varint
    [InlineData("0A03FFFFFF0802")] // field 1 as bytes
    [InlineData("0B10010C0802")] // field 1 as a group with a field in it
    [InlineData("0B13140C0802")] // a group in a group
    public void A_field_with_another_wire_type_is_passed_over(string hex) => FirstNumber(hex).ShouldBe((2UL, default));

    [Fact]
    public void Groups_are_followed_only_so_deep()
    {
        var deep = string.Concat(Enumerable.Repeat("0B", 100)) + string.Concat(Enumerable.Repeat("0C", 100));
        FirstNumber(deep).Problem.Fault.ShouldBe(WireFault.BadGroup);
    }

    [Fact]
    public void A_fault_in_a_nested_message_stops_the_outer_one_and_has_its_place_in_the_whole()
    {
        var problem = default(WireProblem);
        var outer = new ProtoReader(Convert.FromHexString("1203080108FF0802"), ref problem);
        outer.Next(out _).ShouldBeTrue();
        var inner = outer.Message();
        inner.Next(out _).ShouldBeTrue();
        inner.Varint().ShouldBe(1UL);
        inner.Next(out _).ShouldBeTrue();
        inner.Varint().ShouldBe(0UL);
        problem.ShouldBe(new WireProblem(WireFault.Truncated, 5));
        outer.Next(out _).ShouldBeFalse();
    }

    [Fact]
    public void What_the_writer_wrote_the_reader_reads()
    {
        var writer = new ProtoWriter(1);
        foreach (var value in (ulong[])[0, 127, 128, 16_383, 16_384, ulong.MaxValue])
        {
            writer.Varint(Field1, value);
        }

        var nested = writer.Open((2 << 3) | WireType.Bytes);
        writer.Bytes((3 << 3) | WireType.Bytes, new byte[300]);
        writer.Close(nested);

        var problem = default(WireProblem);
        var reader = new ProtoReader(writer.Written, ref problem);
        var numbers = new List<ulong>();
        var length = 0;
        while (reader.Next(out var tag))
        {
            if (tag == Field1)
            {
                numbers.Add(reader.Varint());
            }
            else
            {
                length = Fields.Last(reader.Bytes(), (3 << 3) | WireType.Bytes).Length;
            }
        }

        problem.IsPresent.ShouldBeFalse();
        numbers.ShouldBe([0, 127, 128, 16_383, 16_384, ulong.MaxValue]);
        length.ShouldBe(300);
    }

    private static (ulong Number, WireProblem Problem) FirstNumber(string hex)
    {
        var problem = default(WireProblem);
        var reader = new ProtoReader(Convert.FromHexString(hex), ref problem);
        ulong number = 0;
        while (reader.Next(out var tag))
        {
            if (tag == Field1)
            {
                number = reader.Varint();
            }
            else
            {
                reader.Skip(tag);
            }
        }

        return (number, problem);
    }
}
