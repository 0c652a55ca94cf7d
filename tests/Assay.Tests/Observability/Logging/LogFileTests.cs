using System.Diagnostics.Metrics;
using System.Text.Json;
using Assay.Observability;
using Assay.Observability.Logging;
using Assay.Telemetry;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Observability.Logging;

public sealed class LogFileTests
{
    [Fact]
    public void Many_threads_leave_whole_lines_and_none_is_lost()
    {
        using var folder = new TempFolder();
        var path = folder.File("deep/er/app.log");
        using (var bed = new FileBed(path))
        {
            Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, t => Write(bed.Logger, t, 1_000));
        }

        var seen = File.ReadLines(path).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("fields").GetProperty("Stage").GetString()).ToHashSet();
        seen.Count.ShouldBe(8_000);
    }

    [Fact]
    public void An_error_is_in_the_file_at_once_and_the_rest_after_dispose()
    {
        using var folder = new TempFolder();
        var path = folder.File("app.log");
        using (var bed = new FileBed(path))
        {
            bed.Logger.LogInformation("first");
            File.ReadAllLines(path).ShouldBeEmpty();
            bed.Logger.LogError("second");
            File.ReadAllLines(path).Length.ShouldBe(2);
            bed.Logger.LogInformation("third");
        }

        File.ReadAllText(path).ShouldEndWith("}\n");
        File.ReadAllLines(path).Length.ShouldBe(3);
    }

    [Fact]
    public void A_quiet_logger_writes_out_after_a_second()
    {
        using var folder = new TempFolder();
        var path = folder.File("app.log");
        var time = new ManualTime();
        using var bed = new FileBed(path, time);
        bed.Logger.LogInformation("first");
        File.ReadAllLines(path).ShouldBeEmpty();
        time.Due.ShouldBe(TimeSpan.FromSeconds(1));
        time.Ring();
        File.ReadAllLines(path).Length.ShouldBe(1);
    }

    [Fact]
    public void A_half_line_of_a_killed_process_stays_apart()
    {
        using var folder = new TempFolder();
        var path = folder.File("app.log");
        File.WriteAllText(path, "{\"timest");
        using (var bed = new FileBed(path))
        {
            bed.Logger.LogInformation("next");
        }

        var lines = File.ReadAllLines(path);
        lines[0].ShouldBe("{\"timest");
        JsonDocument.Parse(lines[1]).RootElement.GetProperty("message").GetString().ShouldBe("next");
    }

    [Fact]
    public void A_full_disk_is_counted_and_not_thrown()
    {
        if (!File.Exists("/dev/full"))
        {
            Assert.Skip("There is no /dev/full on this system.");
        }

        using var bed = new FileBed("/dev/full");
        bed.Logger.LogError("lost");
        bed.Meter.Dropped(TelemetrySignal.Log, DropReason.WriteFailed).ShouldBe(1);
    }

    [Fact]
    public void A_record_after_the_end_is_counted_as_dropped()
    {
        using var folder = new TempFolder();
        using var bed = new FileBed(folder.File("app.log"));
        bed.Close();
        bed.Logger.LogInformation("late");
        bed.Meter.Dropped(TelemetrySignal.Log, DropReason.WriteFailed).ShouldBe(1);
    }

    [Fact]
    public void Records_are_counted_by_level_and_component()
    {
        using var folder = new TempFolder();
        using var bed = new FileBed(folder.File("app.log"));
        var counts = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (i, l) =>
            {
                if (i.Meter == bed.Meter.Meter)
                {
                    l.EnableMeasurementEvents(i);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counts[$"{tags[0].Value}/{tags[1].Value}"] = value);
        listener.Start();
        bed.Logger.LogInformation("a");
        bed.Logger.LogInformation("b");
        bed.Logger.LogError("c");
        counts.ShouldBe(new Dictionary<string, long> { ["information/dense"] = 2, ["error/dense"] = 1 }, ignoreOrder: true);
    }

    private static void Write(ILogger logger, int thread, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Messages.Finished(logger, $"{thread}-{i}", "m");
        }
    }

    private sealed class FileBed : IDisposable
    {
        private readonly JsonLoggerProvider provider;

        public FileBed(string path, TimeProvider? time = null)
        {
            provider = new JsonLoggerProvider(new ObservabilityOptions { LogFilePath = path }, Meter, stream: null, time);
            Logger = provider.CreateLogger("Assay.Rag.Dense");
        }

        public ObservabilityMeter Meter { get; } = new(TelemetryRegistry.Default);

        public ILogger Logger { get; }

        public void Close() => provider.Dispose();

        public void Dispose()
        {
            provider.Dispose();
            Meter.Dispose();
        }
    }

    /// <summary>A clock whose timer rings when the test says so.</summary>
    private sealed class ManualTime : TimeProvider, ITimer
    {
        private Action? ring;

        public TimeSpan Due { get; private set; }

        public void Ring() => ring?.Invoke();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ring = () => callback(state);
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            return true;
        }

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
