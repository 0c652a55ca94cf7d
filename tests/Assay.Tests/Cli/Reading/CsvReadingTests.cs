using System.Text;
using Assay.Cli.Reading;

namespace Assay.Tests.Cli.Reading;

public sealed class CsvReadingTests
{
    [Theory]
    [InlineData("ms,user\n1,a\n2.5,b\n")]
    [InlineData("ms;user\n1;a\n2.5;b\n")]
    [InlineData("ms\tuser\n1\ta\n2.5\tb\n")]
    [InlineData("\uFEFFms,user\r\n1,a\r\n2.5,b")]
    [InlineData("\"ms\",\"user\"\n\"1\",\"a\"\n\" 2.5 \",b\n\n\n")]
    [InlineData("note,ms,user\n\"a, \"\"b\"\"\",1,a\n,+25e-1,b\n")]
    [InlineData(" ms , user \n 1 , a \n 2.5 , b \n")]
    [InlineData("\"a,b,c,d\";ms;user\n,;1;a\n,,;2.5;b\n")]
    [InlineData("\"two\nlines\",ms,user\n\"x\ny\",1,a\n5\" disk,2.5,b\n")]
    public void A_column_is_read_whatever_parts_it(string text)
    {
        var read = Read(text, ["ms"], ["user"]);
        read.Rows.ShouldBe(2);
        read.Numbers["ms"].ShouldBe([1, 2.5]);
        read.Texts["user"].Names.ShouldBe(["a", "b"]);
        read.Texts["user"].Codes.ShouldBe([0, 1]);
    }

    [Fact]
    public void A_text_is_stored_once()
    {
        var users = Read("ms,user\n1,a\n2,b\n3,a\n", ["ms"], ["user"]).Texts["user"];
        users.Codes.ShouldBe([0, 1, 0]);
        users.Names.ShouldBe(["a", "b"]);
        users.CodeOf("b").ShouldBe(1);
        users.CodeOf("c").ShouldBe(TextColumn.Empty);
    }

    [Fact]
    public void UTF_16_is_read_by_its_mark()
    {
        var bytes = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("задержка\n7\n")).ToArray();
        Read(bytes, ["задержка"]).Numbers["задержка"].ShouldBe([7]);
    }

    [Fact]
    public void A_header_alone_is_no_rows() => Read("ms\n", ["ms"]).Rows.ShouldBe(0);

    [Theory]
    [InlineData("", "f.csv has no header line.")]
    [InlineData("\n\n", "f.csv has no header line.")]
    [InlineData("MS,user\n1,a\n", "f.csv:1: there is no column 'ms'. Did you mean 'MS'?")]
    [InlineData("latency,user\n1,a\n", "f.csv:1: there is no column 'ms'.")]
    [InlineData("12.5\n13\n", "f.csv:1: the first line holds numbers, not names of columns: 12.5.")]
    [InlineData("ms,ms\n1,2\n", "f.csv:1: 2 columns are called 'ms'.")]
    [InlineData("ms\n1\nfast\n", "f.csv:3: column 'ms' has 'fast', which is not a number.")]
    [InlineData("a,ms\n\"two\nlines\",1\n\"x\ny\nz\",fast\n", "f.csv:4: column 'ms' has 'fast', which is not a number.")]
    [InlineData("ms\n1\n\"1,5\"\n", "f.csv:3: column 'ms' has '1,5', which is not a number.")]
    [InlineData("ms;a\n1,5;2\n", "f.csv:2: column 'ms' has '1,5', which is not a number.")]
    [InlineData("ms\nNaN\n", "f.csv:2: column 'ms' has 'NaN', which is not finite.")]
    [InlineData("ms\n-Infinity\n", "f.csv:2: column 'ms' has '-Infinity', which is not finite.")]
    [InlineData("ms\n1e999\n", "f.csv:2: column 'ms' has '1e999', which is not finite.")]
    [InlineData("ms\n12ms\n", "f.csv:2: column 'ms' has '12ms', which is not a number.")]
    [InlineData("ms,a\n1,2\n,2\n", "f.csv:3: column 'ms' is empty.")]
    [InlineData("ms\n1\n\n2\n", "f.csv:3: column 'ms' is empty.")]
    [InlineData("ms\n1\n\"\"\n2\n", "f.csv:3: column 'ms' is empty.")]
    [InlineData("ms,a\n1,2\n3\n", "f.csv:3: the row has 1 cell, the header line 2.")]
    [InlineData("ms,a\n1,2\n\n3,4,5\n", "f.csv:4: the row has 3 cells, the header line 2.")]
    [InlineData("a,ms\n1,5\"\n", "f.csv:2: in the row that begins here a quote is open or stands where none may: 5\"")]
    [InlineData("ms,a\n1,\"open\n2,b\n", "f.csv:2: in the row that begins here a quote is open or stands where none may: \"open 2,b")]
    [InlineData("ms,a\n1,\"open\n2,b", "f.csv:2: in the row that begins here a quote is open or stands where none may: \"open 2,b")]
    [InlineData("ms,\"a\n1,b\n2,b", "f.csv:1: in the row that begins here a quote is open or stands where none may: \"a 1,b 2,b")]
    [InlineData("ms\0\n1\n", "f.csv is not text.")]
    public void The_first_fault_is_named_with_file_and_line(string text, string said)
    {
        var refused = Should.Throw<AssayException>(() => Read(text, ["ms"]));
        refused.ExitCode.ShouldBe(ExitCode.WrongUsage);
        refused.Message.ShouldStartWith(said);
        refused.Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public void An_empty_id_is_named() =>
        Should.Throw<AssayException>(() => Read("ms,user\n1,\n", ["ms"], ["user"])).Message.ShouldBe("f.csv:2: column 'user' is empty.");

    [Fact]
    public void Empty_cells_may_be_passed_over()
    {
        var read = Read("ms,user\n1,a\n,b\n3, \n", ["ms"], ["user"], skipEmpty: true);
        read.Rows.ShouldBe(3);
        read.Numbers["ms"].ShouldBe([1, double.NaN, 3]);
        read.Texts["user"].Codes.ShouldBe([0, 1, TextColumn.Empty]);
        Read("ms\n1\n\n\n3\n\n", ["ms"], skipEmpty: true).Numbers["ms"].ShouldBe([1, double.NaN, double.NaN, 3]);
    }

    [Fact]
    public void A_long_value_is_shown_shortened()
    {
        var said = Should.Throw<AssayException>(() => Read("ms\n" + new string('x', 5000) + "\n", ["ms"])).Message;
        said.ShouldContain(new string('x', 39) + "…'");
        said.Length.ShouldBeLessThan(120);
    }

    [Fact]
    public void A_cell_without_end_is_refused()
    {
        var said = Should.Throw<AssayException>(() => Read("ms,a\n1,\"" + new string('x', 3_000_000), ["ms"])).Message;
        said.ShouldBe("f.csv:2: a cell is longer than 1,048,576 characters.");
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_refused()
    {
        var refused = Should.Throw<AssayException>(() => Read([.. "ms,name\n1,"u8, 0xE7, 0xE0, .. "\n"u8], ["ms"]));
        refused.Message.ShouldBe("f.csv is not UTF-8 text: line 1 or a later one has other bytes.");
    }

    [Fact]
    public void Many_columns_are_not_all_listed()
    {
        var header = string.Join(',', Enumerable.Range(1, 30).Select(i => $"c{i}"));
        Should.Throw<AssayException>(() => Read(header + "\n", ["ms"])).Fix.ShouldEndWith("c19, c20 and 10 more.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(131_072)]
    [InlineData(131_073)]
    [InlineData(300_000)]
    public void A_column_of_any_length_keeps_its_values_and_their_order(int rows)
    {
        var column = new NumberColumn();
        var values = Enumerable.Range(0, rows).Select(i => (double)i).ToArray();
        Array.ForEach(values, column.Add);
        column.Count.ShouldBe(rows);
        column.ToArray().ShouldBe(values);
    }

    [Fact]
    public void Progress_tells_bytes_and_cancellation_ends_the_reading()
    {
        var text = Encoding.UTF8.GetBytes("ms\n" + string.Concat(Enumerable.Repeat("1\n", 100_000)));
        var told = new List<long>();
        using var source = new CsvSource("f.csv", new MemoryStream(text), text.Length);
        CsvReading.Read(source, new ColumnRequest(["ms"], [], SkipEmpty: false), told.Add, TestContext.Current.CancellationToken).Rows.ShouldBe(100_000);
        told.Count.ShouldBe(4);
        told[^1].ShouldBe(text.Length);
        told[0].ShouldBeInRange(65_536, text.Length);
        using var again = new CsvSource("f.csv", new MemoryStream(text), text.Length);
        Should.Throw<OperationCanceledException>(() =>
            CsvReading.Read(again, new ColumnRequest(["ms"], [], SkipEmpty: false), told.Add, new CancellationToken(canceled: true))
        );
    }

    private static CsvColumns Read(string text, string[] numbers, string[]? texts = null, bool skipEmpty = false) =>
        Read(Encoding.UTF8.GetBytes(text), numbers, texts, skipEmpty);

    private static CsvColumns Read(byte[] bytes, string[] numbers, string[]? texts = null, bool skipEmpty = false)
    {
        using var source = new CsvSource("f.csv", new MemoryStream(bytes), bytes.Length);
        return CsvReading.Read(source, new ColumnRequest(numbers, texts ?? [], skipEmpty), _ => { }, TestContext.Current.CancellationToken);
    }
}
