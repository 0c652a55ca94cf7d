using System.Text;
using Assay.Server.Hosting;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Hosting;

public sealed class BoundedLogTests
{
    private const int Most = 100;

    [Fact]
    public void The_log_takes_no_more_than_three_files_and_loses_the_oldest_lines_first()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "logs", "hub.log");
        using (var log = new BoundedLog(path, Most))
        {
            foreach (var i in Enumerable.Range(0, 100))
            {
                log.Write(Encoding.UTF8.GetBytes($"line {i:000}\n"));
            }
        }

        var files = Directory.GetFiles(Path.GetDirectoryName(path)!).Order(StringComparer.Ordinal).ToList();
        files.Select(Path.GetFileName).ShouldBe(["hub.log", "hub.log.1", "hub.log.2"]);
        files.ShouldAllBe(f => new FileInfo(f).Length <= Most);
        var lines = files.AsEnumerable().Reverse().SelectMany(File.ReadAllLines).ToList();
        lines.ShouldBe(Enumerable.Range(100 - lines.Count, lines.Count).Select(i => $"line {i:000}"));
        lines.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void It_goes_on_at_its_end_after_a_half_line()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "hub.log");
        File.WriteAllText(path, "whole\nhal");
        using (var log = new BoundedLog(path))
        {
            log.Write("next\n"u8);
        }

        File.ReadAllLines(path).ShouldBe(["whole", "hal", "next"]);
    }
}
