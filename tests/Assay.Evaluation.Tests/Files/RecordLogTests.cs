using System.Text;
using Assay.Files;

namespace Assay.Evaluation.Tests.Files;

public sealed class RecordLogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-log-").FullName;

    private string LogPath => Path.Combine(folder, "a.log");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_appended_is_read_in_order()
    {
        Write("one", "", "three");
        var end = Read(out var records);
        records.ShouldBe(["one", "", "three"]);
        end.ShouldBe(new RecordLogEnd(3, new FileInfo(LogPath).Length, 0));
    }

    [Fact]
    public void Wherever_a_crash_tears_the_file_the_records_before_it_are_read()
    {
        Write("first", "second", "third, which is longer");
        var whole = File.ReadAllBytes(LogPath);
        int[] ends = [8, 8 + 17, 8 + 17 + 18, whole.Length];
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(LogPath, whole[..length]);
            var end = Read(out var records);
            records.Count.ShouldBe(Math.Max(0, ends.Count(e => e <= length) - 1));
            (end.GoodBytes + end.LeftBytes).ShouldBe(length);
        }
    }

    [Fact]
    public void Any_changed_byte_ends_the_good_part_before_its_record()
    {
        Write("first", "second", "third");
        var whole = File.ReadAllBytes(LogPath);
        for (var at = 8; at < whole.Length; at++)
        {
            var changed = whole.ToArray();
            changed[at] ^= 0x41;
            File.WriteAllBytes(LogPath, changed);
            Read(out var records);
            records.ShouldBe(
                new[] { "first", "second", "third" }.Take(
                    at < 25 ? 0
                    : at < 43 ? 1
                    : 2
                )
            );
        }
    }

    [Fact]
    public void Zeros_after_the_good_part_are_no_records()
    {
        Write("first");
        using (var file = new FileStream(LogPath, FileMode.Append))
        {
            file.Write(new byte[4096]);
        }

        Read(out var records).LeftBytes.ShouldBe(4096);
        records.ShouldBe(["first"]);
    }

    [Fact]
    public void Opening_cuts_the_torn_tail_off_and_appends_after_the_good_part()
    {
        Write("first", "second");
        using (var file = new FileStream(LogPath, FileMode.Open))
        {
            file.SetLength(file.Length - 3);
        }

        var replayed = new List<string>();
        using (var log = RecordLog.Open(LogPath, (_, record) => replayed.Add(Encoding.UTF8.GetString(record)), out var end))
        {
            replayed.ShouldBe(["first"]);
            end.LeftBytes.ShouldBe(15);
            log.Append("new"u8);
        }

        Read(out var records).LeftBytes.ShouldBe(0);
        records.ShouldBe(["first", "new"]);
    }

    [Fact]
    public async Task A_flush_completes_when_everything_before_it_is_in_the_file()
    {
        await using var log = RecordLog.Create(LogPath);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 400),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) =>
            {
                var record = $"record {i}";
                log.Append(Encoding.UTF8.GetBytes(record));
                await log.FlushAsync();
                Read(out var records);
                records.ShouldContain(record);
            }
        );
        Read(out var all).LeftBytes.ShouldBe(0);
        all.Count.ShouldBe(400);
    }

    [Fact]
    public void Only_one_writes_at_a_time()
    {
        using var log = RecordLog.Create(LogPath);
        Should.Throw<AssayException>(() => RecordLog.Open(LogPath, replay: null, out _)).ExitCode.ShouldBe(ExitCode.Infrastructure);
        Should.Throw<AssayException>(() => RecordLog.Create(LogPath)).ExitCode.ShouldBe(ExitCode.Infrastructure);
    }

    [Fact]
    public void A_foreign_file_is_left_as_it_is()
    {
        File.WriteAllText(LogPath, "a letter to a friend");
        Should.Throw<AssayException>(() => RecordLog.Open(LogPath, replay: null, out _)).ExitCode.ShouldBe(ExitCode.WrongUsage);
        File.ReadAllText(LogPath).ShouldBe("a letter to a friend");
    }

    [Fact]
    public void A_full_disk_is_told_and_nothing_follows_a_torn_record()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        File.CreateSymbolicLink(LogPath, "/dev/full");
        var e = Should.Throw<AssayException>(() => RecordLog.Open(LogPath, replay: null, out _));
        e.ExitCode.ShouldBe(ExitCode.Infrastructure);
    }

    [Fact]
    public void A_record_is_found_again_by_its_place_and_a_damaged_one_is_not()
    {
        Write("first", "second");
        var places = new List<(long Offset, int Length, string Prefix)>();
        RecordLogReader.ReadPrefixes(LogPath, 3, (offset, length, prefix) => places.Add((offset, length, Encoding.UTF8.GetString(prefix))));
        places.Select(p => p.Prefix).ShouldBe(["fir", "sec"]);
        using var file = RecordLogReader.Open(LogPath);
        var second = new byte[places[1].Length];
        RecordLogReader.TryRead(file, places[1].Offset, second).ShouldBeTrue();
        Encoding.UTF8.GetString(second).ShouldBe("second");
        RecordLogReader.TryRead(file, places[1].Offset + 1, new byte[places[1].Length - 1]).ShouldBeFalse();
    }

    [Fact]
    public void Records_longer_than_every_buffer_are_whole()
    {
        var longest = new string('ж', 600_000);
        Write("short", longest, "short");
        Read(out var records);
        records.ShouldBe(["short", longest, "short"]);
    }

    private void Write(params string[] records)
    {
        using var log = RecordLog.Create(LogPath);
        foreach (var record in records)
        {
            log.Append(Encoding.UTF8.GetBytes(record));
        }
    }

    private RecordLogEnd Read(out List<string> records)
    {
        var read = new List<string>();
        var end = RecordLogReader.ReadAll(LogPath, (_, record) => read.Add(Encoding.UTF8.GetString(record)));
        records = read;
        return end;
    }
}
