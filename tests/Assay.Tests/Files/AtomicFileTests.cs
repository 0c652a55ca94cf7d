using Assay.Files;
using Assay.Tests.Rag.Reading;

namespace Assay.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Of_two_writers_of_one_path_each_writes_whole_content()
    {
        AtomicFile.Write(
            folder["a.json"],
            outer =>
            {
                outer.Write("outer "u8);
                AtomicFile.WriteText(folder["a.json"], "inner");
                File.ReadAllText(folder["a.json"]).ShouldBe("inner");
                outer.Write("end"u8);
            }
        );

        File.ReadAllText(folder["a.json"]).ShouldBe("outer end");
        Directory.GetFiles(folder.Path).ShouldBe([folder["a.json"]]);
    }

    [Fact]
    public async Task Many_writers_leave_the_content_of_one_of_them_and_nothing_else()
    {
        var contents = Enumerable.Range(0, 40).Select(i => new string((char)('a' + (i % 26)), 100_000)).ToList();
        await Task.WhenAll(contents.Select(text => Task.Run(() => AtomicFile.WriteText(folder["a.txt"], text), TestContext.Current.CancellationToken)));

        contents.ShouldContain(await File.ReadAllTextAsync(folder["a.txt"], TestContext.Current.CancellationToken));
        Directory.GetFiles(folder.Path).ShouldBe([folder["a.txt"]]);
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_by_a_later_write_and_nothing_else_is()
    {
        string[] stay = ["a.txt.8-2.partial", "a.txt.old.partial", "b.txt.7-1.partial"];
        foreach (var name in (string[])["a.txt.7-1.partial", .. stay])
        {
            folder.Write(name, "half");
            File.SetLastWriteTimeUtc(folder[name], File.GetLastWriteTimeUtc(folder[name]).AddHours(name == stay[0] ? 0 : -2));
        }

        AtomicFile.WriteText(folder["a.txt"], "whole");
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).ShouldBe(["a.txt", .. stay], ignoreOrder: true);
    }

    [Fact]
    public void A_write_that_throws_leaves_what_was_there()
    {
        AtomicFile.WriteText(folder["a.txt"], "first");
        Should.Throw<InvalidOperationException>(() => AtomicFile.Write(folder["a.txt"], _ => throw new InvalidOperationException("no")));
        File.ReadAllText(folder["a.txt"]).ShouldBe("first");
        Directory.GetFiles(folder.Path).ShouldBe([folder["a.txt"]]);
    }
}
