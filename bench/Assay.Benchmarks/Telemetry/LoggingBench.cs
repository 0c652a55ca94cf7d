using System.Diagnostics;
using Assay.Observability;
using Assay.Observability.Correlations;
using Assay.Observability.Logging;
using Assay.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Assay.Benchmarks.Telemetry;

/// <summary>A log line of ours, redaction on, against the JSON formatter of Microsoft's console logger on the same message.</summary>
internal static partial class LoggingBench
{
    public static IEnumerable<Figure> Run(TextWriter output)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "Bench.Logging",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("Bench.Logging");
        using var span = source.StartActivity("rag.dense");
        using var correlation = Correlation.Begin("req-42");
        using var meter = new ObservabilityMeter(TelemetryRegistry.Default);
        using var ours = new JsonLoggerProvider(new ObservabilityOptions { LogFilePath = "/dev/null" }, meter);
        using var factory = LoggerFactory.Create(b => b.AddProvider(ours));
        using var peer = new FormatterProvider("O");
        using var bare = new FormatterProvider(timestamp: null);
        using var peerFactory = LoggerFactory.Create(b => b.AddProvider(peer));
        using var bareFactory = LoggerFactory.Create(b => b.AddProvider(bare));
        var bareLogger = bareFactory.CreateLogger("Assay.Rag.Dense");
        var logger = factory.CreateLogger("Assay.Rag.Dense");
        var peerLogger = peerFactory.CreateLogger("Assay.Rag.Dense");
        var costs = Rounds.Measure(
            101,
            5_000,
            new Contender("Microsoft JsonConsoleFormatter", n => Repeat(peerLogger, n, "offline/lsa")),
            new Contender("the same formatter without a timestamp", n => Repeat(bareLogger, n, "offline/lsa")),
            new Contender("Assay, nothing to redact", n => Repeat(logger, n, "offline/lsa")),
            new Contender("Assay, looks twice and finds nothing", n => Repeat(logger, n, "tokens=512")),
            new Contender("Assay, one address redacted", n => Repeat(logger, n, "bob@example.com"))
        );
        Rounds.Print(output, "a log line with two strings", costs);
        yield return Line("a JSON log line, time in it, redaction on, nothing to redact", costs[0], costs[2]);
        yield return Line("the same line, the peer writes no time", costs[1], costs[2]);
        yield return Line("a JSON log line that looks like a secret (tokens=512) and holds none", costs[0], costs[3]);
        yield return new Figure(
            "a JSON log line with nothing to redact, allocation",
            "B",
            [new Reading("Assay", costs[2].Bytes), new Reading(costs[0].Name, costs[0].Bytes)],
            Goal.AtMost("0 B", costs[2].Bytes, 0, "B")
        );
        yield return Line("a JSON log line with one address redacted", costs[0], costs[4]) with
        {
            Goal = null,
        };
        var page = string.Concat(Enumerable.Repeat("The dense stage compares vectors; стадия сравнивает векторы, 12 из 345. ", 60));
        Rounds.Print(output, $"redaction of {page.Length} clean characters", Rounds.Measure(51, 200, new Contender("Redactor", n => Redact(n, page))));
    }

    private static Figure Line(string what, Cost peer, Cost ours) =>
        Figures.Time(what, [peer, ours], Goal.AtMost("≤ the console JSON formatter's", ours.Ns / peer.Ns, 1));

    private static void Redact(int count, string text)
    {
        for (var i = 0; i < count; i++)
        {
            Redactor.Redact(text);
        }
    }

    private static void Repeat(ILogger logger, int count, string model)
    {
        for (var i = 0; i < count; i++)
        {
            Finished(logger, "dense", model);
        }
    }

    [LoggerMessage(EventId = 7, Level = LogLevel.Information, Message = "Stage {Stage} finished with {Model}")]
    private static partial void Finished(ILogger logger, string stage, string model);

    /// <summary>The formatter alone, into a buffer that is used again: the console itself would only make the peer slower.</summary>
    private sealed class FormatterProvider : ILoggerProvider, ILogger
    {
        private readonly ServiceProvider services;
        private readonly ConsoleFormatter formatter;
        private readonly StringWriter text = new();

        public FormatterProvider(string? timestamp)
        {
            services = new ServiceCollection().AddLogging(b => b.AddJsonConsole(o => o.TimestampFormat = timestamp)).BuildServiceProvider();
            formatter = services.GetServices<ConsoleFormatter>().Single(f => f.Name == ConsoleFormatterNames.Json);
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> format)
        {
            formatter.Write(new LogEntry<TState>(logLevel, "Assay.Rag.Dense", eventId, state, exception, format), null, text);
            text.GetStringBuilder().Clear();
        }

        public void Dispose()
        {
            services.Dispose();
            text.Dispose();
        }
    }
}
