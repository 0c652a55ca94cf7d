using System.IO.Compression;
using System.Text;
using Assay.Evaluation.Datasets;

namespace Assay.Evaluation.Tests.Datasets;

public sealed class DatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_case_keeps_every_field()
    {
        var path = folder.Write(
            "qa.jsonl",
            """{"id":"1","input":"Что такое откат?","expected":"Возврат","contexts":["a","b"],"relevant":{"d1":2,"d2":0},"cluster":"ops","tags":["ru"],"fields":{"channel":"dev"}}"""
        );
        var found = Dataset.Open(path).Read().Single();
        found.ShouldSatisfyAllConditions(
            c => c.Id.ShouldBe("1"),
            c => c.Input.ShouldBe("Что такое откат?"),
            c => c.Expected.ShouldBe("Возврат"),
            c => c.Contexts.ShouldBe(["a", "b"]),
            c => c.Relevant["d1"].ShouldBe(2),
            c => c.Cluster.ShouldBe("ops"),
            c => c.Tags.ShouldBe(["ru"]),
            c => c.Fields["channel"].ShouldBe("dev")
        );
    }

    [Fact]
    public void The_same_cases_are_the_same_dataset_in_every_format()
    {
        var json = """
            {"input":"one, or two","id":"1","expected":"yes"}

            {"id":"2","input":"three","relevant":["d1"]}
            """;
        var plain = Dataset.Open(folder.Write("qa.jsonl", json));
        var csv = Dataset.Open(folder.Write("qa.csv", "id,input,expected,relevant\n1,\"one, or two\",yes,\n2,three,,d1\n"));
        var marked = Dataset.Open(folder.Write("marked.jsonl", "\uFEFF" + json.Replace("\n", "\r\n", StringComparison.Ordinal)));
        var packed = folder.File("qa2.jsonl.gz");
        using (var gzip = new GZipStream(File.Create(packed), CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(json));
        }

        plain.Identity.Cases.ShouldBe(2);
        csv.Identity.ShouldBe(plain.Identity);
        marked.Identity.Hash.ShouldBe(plain.Identity.Hash);
        Dataset.Open(packed).Identity.Hash.ShouldBe(plain.Identity.Hash);
        Dataset.Open(packed).Identity.Name.ShouldBe("qa2");
    }

    [Fact]
    public void A_changed_word_or_order_is_another_dataset()
    {
        var one = Dataset.Open(folder.Write("a.jsonl", "{\"id\":\"1\",\"input\":\"x\"}\n{\"id\":\"2\",\"input\":\"y\"}")).Identity.Hash;
        Dataset.Open(folder.Write("b.jsonl", "{\"id\":\"1\",\"input\":\"x\"}\n{\"id\":\"2\",\"input\":\"z\"}")).Identity.Hash.ShouldNotBe(one);
        Dataset.Open(folder.Write("c.jsonl", "{\"id\":\"2\",\"input\":\"y\"}\n{\"id\":\"1\",\"input\":\"x\"}")).Identity.Hash.ShouldNotBe(one);
    }

    [Theory]
    [InlineData("{\"id\":\"1\",\"input\":\"x\"}\n{\"id\":\"1\",\"input\":\"y\"}", ":2:", "line 1 already")]
    [InlineData("{\"id\":\"1\",\"input\":\"x\"}\n{\"input\":\"y\"}", ":2:", "no \"id\"")]
    [InlineData("{\"id\":\"1\"}", ":1:", "no \"input\"")]
    [InlineData("{\"id\":\"1\",\"input\":\"x\",\"expcted\":\"y\"}", ":1:", "no key 'expcted'")]
    [InlineData("{\"id\":\"1\",\"input\":[1]}", ":1:", "\"input\"")]
    [InlineData("{\"id\":\"1\",\"input\":\"x\"", ":1:", "broken")]
    [InlineData("prose", ":1:", "no JSON object")]
    [InlineData("{\"id\":\"1\",\"input\":\"x\",\"relevant\":3}", ":1:", "relevant")]
    [InlineData("{\"id\":\"1\",\"input\":\"x\",\"contexts\":[\"a\",null]}", ":1:", "null in \"contexts\"")]
    [InlineData("{\"id\":\"1\",\"input\":\"x\",\"tags\":[null]}", ":1:", "null in \"tags\"")]
    [InlineData("{\"id\":\"1\",\"input\":\"x\",\"fields\":{\"a\":\"b\",\"channel\":null}}", ":1:", "null in \"fields.channel\"")]
    [InlineData("", "", "holds no case")]
    public void A_wrong_line_is_named(string text, string place, string problem)
    {
        var fault = Should.Throw<AssayException>(() => Dataset.Open(folder.Write("bad.jsonl", text)));
        fault.ExitCode.ShouldBe(ExitCode.WrongUsage);
        fault.Message.ShouldContain(place);
        fault.Message.ShouldContain(problem);
    }

    [Theory]
    [InlineData("id,text\n1,x\n", "no column 'input'")]
    [InlineData("id,input\n1,x,y\n", ":2: The row has 3 cells")]
    [InlineData("id,input\n1,x\n1,y\n", ":3: The id '1'")]
    [InlineData("", "no header line")]
    public void A_wrong_row_is_named(string text, string problem) =>
        Should.Throw<AssayException>(() => Dataset.Open(folder.Write("bad.csv", text))).Message.ShouldContain(problem);

    [Fact]
    public void A_line_of_200_MB_is_refused_without_being_held()
    {
        var path = folder.File("long.jsonl");
        using (var file = File.Create(path))
        {
            file.Write("{\"id\":\"1\",\"input\":\""u8);
            var block = new byte[1 << 20];
            block.AsSpan().Fill((byte)'x');
            for (var i = 0; i < 200; i++)
            {
                file.Write(block);
            }

            file.Write("\"}\n"u8);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<AssayException>(() => Dataset.Open(path)).Message.ShouldContain(":1: The line is longer than 16 MiB");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64L << 20);
    }

    [Fact]
    public void A_file_that_is_not_there_or_no_dataset_says_so()
    {
        Should.Throw<AssayException>(() => Dataset.Open(folder.File("none.jsonl"))).Message.ShouldContain("Cannot read the dataset");
        Should.Throw<AssayException>(() => Dataset.Open(folder.Write("qa.parquet", "x"))).Message.ShouldContain("'.parquet'");
    }
}
