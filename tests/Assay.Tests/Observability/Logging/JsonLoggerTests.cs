using System.Globalization;
using System.Text.Json;
using Assay.Observability;
using Assay.Observability.Correlations;
using Assay.Observability.Logging;
using Assay.Tests.Observability.Tracing;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Observability.Logging;

public sealed class JsonLoggerTests
{
    [Fact]
    public void A_record_has_time_level_component_message_event_and_fields()
    {
        using var bed = new LogBed();
        Messages.Finished(bed.Logger, "dense", "offline/lsa");
        var line = bed.Single();
        DateTime.TryParse(line.GetProperty("timestamp").GetString(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time).ShouldBeTrue();
        time.Kind.ShouldBe(DateTimeKind.Utc);
        line.GetProperty("level").GetString().ShouldBe("INFO");
        line.GetProperty("component").GetString().ShouldBe("dense");
        line.GetProperty("message").GetString().ShouldBe("Stage dense finished with offline/lsa");
        line.GetProperty("event_id").GetInt32().ShouldBe(7);
        line.GetProperty("event").GetString().ShouldBe("Finished");
        line.GetProperty("fields").ToString().ShouldBe("""{"Stage":"dense","Model":"offline/lsa"}""");
        line.TryGetProperty("exception", out _).ShouldBeFalse();
        line.TryGetProperty("trace_id", out _).ShouldBeFalse();
    }

    [Fact]
    public void Fields_keep_their_types()
    {
        using var bed = new LogBed();
        bed.Logger.LogInformation("{A} {B} {C} {D} {E} {F} {G}", 1, 2.5, true, null, DateTimeOffset.UnixEpoch, new[] { 1, 2 }, double.NaN);
        bed.Single()
            .GetProperty("fields")
            .ToString()
            .ShouldBe("""{"A":1,"B":2.5,"C":true,"D":null,"E":"1970-01-01T00:00:00.0000000+00:00","F":[1,2],"G":"NaN"}""");
    }

    [Theory]
    [InlineData("{Value} of {Value}", 1, 2)]
    [InlineData("{{literal}} {Value,8:F2}|", 3.14159, null)]
    [InlineData("{Value:x4} and {Other:P0}", 255, 0.5)]
    [InlineData("no holes", null, null)]
    [InlineData("{A}{B}", "x", "y")]
    public void Messages_read_as_dotnets_own_formatter_writes_them(string template, object? first, object? second)
    {
        using var bed = new LogBed();
        var expected = "";
        using var other = LoggerFactory.Create(b => b.AddProvider(new Capture(text => expected = text)));
        object?[] arguments =
            template == "no holes" ? []
            : second is null ? [first]
            : [first, second];
#pragma warning disable CA2254 // The template is the subject of the test.
        other.CreateLogger("x").LogInformation(template, arguments);
        bed.Logger.LogInformation(template, arguments);
#pragma warning restore CA2254
        bed.Single().GetProperty("message").GetString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("{Token} may {Scopes}")]
    [InlineData("{Token,-12} may")]
    [InlineData("{{token}} {Token} may")]
    public void A_secret_is_taken_out_of_a_message_that_dotnet_formats(string template)
    {
        using var bed = new LogBed();
#pragma warning disable CA2254 // The template is the subject of the test.
        bed.Logger.LogInformation(template, "hunter2", new[] { "read", "write" });
#pragma warning restore CA2254
        bed.Lines().ShouldHaveSingleItem().ShouldNotContain("hunter2");
        bed.Single().GetProperty("message").GetString()!.ShouldContain("[secret]");
    }

    [Fact]
    public void A_list_of_secrets_is_taken_out_of_the_message_too()
    {
        using var bed = new LogBed();
        bed.Logger.LogInformation("{Token} are void", [new[] { "hunter2", "hunter3" }]);
        bed.Single().GetProperty("message").GetString().ShouldBe("[secret] are void");
        bed.Lines()[0].ShouldNotContain("hunter");
    }

    [Fact]
    public void A_record_carries_trace_span_and_correlation_ids()
    {
        using var tracing = new TracingBed();
        using var bed = new LogBed();
        using var span = tracing.Source.StartActivity("work");
        Messages.Finished(bed.Logger, "dense", "m");
        using (Correlation.Begin("req-42"))
        {
            Messages.Finished(bed.Logger, "dense", "m");
        }

        var lines = bed.Lines().Select(l => JsonDocument.Parse(l).RootElement).ToList();
        lines.ShouldAllBe(l => l.GetProperty("trace_id").GetString() == span!.TraceId.ToHexString());
        lines.ShouldAllBe(l => l.GetProperty("span_id").GetString() == span!.SpanId.ToHexString());
        lines.Select(l => l.GetProperty("correlation_id").GetString()).ShouldBe([span!.TraceId.ToHexString(), "req-42"]);
    }

    [Fact]
    public void Only_allowed_baggage_reaches_the_log()
    {
        using var bed = new LogBed(new ObservabilityOptions { LogFilePath = "", BaggageKeys = [Correlation.BaggageKey, "tenant"] });
        OpenTelemetry.Baggage.SetBaggage("tenant", "blue");
        OpenTelemetry.Baggage.SetBaggage("plan", "gold");
        Messages.Finished(bed.Logger, "dense", "m");
        bed.Single().GetProperty("baggage").ToString().ShouldBe("""{"tenant":"blue"}""");
    }

    [Fact]
    public void Fields_of_scopes_are_included_and_the_nearest_wins()
    {
        using var bed = new LogBed();
        using (bed.Logger.BeginScope("Run {Run} of {Stage}", 1, "outer"))
        using (bed.Logger.BeginScope(new Dictionary<string, object?> { ["Run"] = 2, ["Token"] = "hunter2" }))
        {
            Messages.Finished(bed.Logger, "dense", "m");
        }

        bed.Single().GetProperty("fields").ToString().ShouldBe("""{"Stage":"dense","Model":"m","Run":2,"Token":"[secret]"}""");
    }

    [Fact]
    public void An_exception_is_an_object_and_is_redacted()
    {
        using var bed = new LogBed();
        bed.Logger.LogError(new InvalidOperationException("cannot reach bob@example.com"), "Export failed");
        var exception = bed.Single().GetProperty("exception");
        exception.GetProperty("type").GetString().ShouldBe("System.InvalidOperationException");
        exception.GetProperty("message").GetString().ShouldBe("cannot reach [email]");
        exception.GetProperty("stack").GetString()!.ShouldNotContain("bob@");
    }

    [Fact]
    public void Secrets_are_redacted_in_the_message_and_in_the_fields()
    {
        using var bed = new LogBed();
        Messages.SignedIn(bed.Logger, "bob@example.com", "hunter2");
        bed.Lines()[0].ShouldNotContain("hunter2");
        var line = bed.Single();
        line.GetProperty("message").GetString().ShouldBe("Signed in as [email] with [secret]");
        line.GetProperty("fields").ToString().ShouldBe("""{"User":"[email]","Password":"[secret]"}""");
    }

    [Fact]
    public void Any_text_gives_one_line_of_valid_json_that_reads_back() =>
        Prop.ForAll<string, string>(
                (key, value) =>
                {
                    using var bed = new LogBed();
                    using var scope = bed.Logger.BeginScope(new Dictionary<string, object?> { ["k" + key] = value });
                    bed.Logger.LogInformation("{Text}", value);
                    var line = bed.Lines().ShouldHaveSingleItem();
                    line.IndexOfAny(['\r', '\u0085', '\u2028', '\u2029']).ShouldBe(-1);
                    var expected = value is null ? null : Redactor.Redact(value);
                    JsonDocument.Parse(line).RootElement.GetProperty("fields").GetProperty("Text").GetString().ShouldBe(WellFormed(expected));
                }
            )
            .Holds();

    [Theory]
    [InlineData("\0\u0001\u001f\u007f\u0085\u2028\u2029\"\\/\b\f\n\r\t")]
    [InlineData("\ud800 lone \udc00 surrogates \ud83d\ude00")]
    [InlineData("\",\"level\":\"CRITICAL\",\"x\":\"")]
    [InlineData("}\n{\"message\":\"forged\"}")]
    public void Hostile_text_stays_one_valid_line(string text)
    {
        using var bed = new LogBed();
        Messages.Finished(bed.Logger, text, text);
        // Some readers take these for the end of a line.
        bed.Lines()[0].IndexOfAny(['\r', '\u0085', '\u2028', '\u2029']).ShouldBe(-1);
        bed.Single().GetProperty("fields").GetProperty("Model").GetString().ShouldBe(WellFormed(text));
    }

    [Fact]
    public void A_value_that_throws_does_not_stop_the_program()
    {
        using var bed = new LogBed();
        bed.Logger.LogInformation("{Value}", new Throwing());
        bed.Single().GetProperty("message").GetString().ShouldBe("A log record could not be written: InvalidOperationException");
    }

    [Fact]
    public void A_value_that_logs_while_it_is_written_does_not_mix_lines()
    {
        using var bed = new LogBed();
        bed.Logger.LogInformation("outer {Value}", new Chatty(bed.Logger));
        var messages = bed.Lines().Select(l => JsonDocument.Parse(l).RootElement.GetProperty("message").GetString()).ToList();
        messages.ShouldContain("inner");
        messages.ShouldContain("outer chatty");
    }

    [Fact]
    public void A_giant_value_is_cut_and_marked()
    {
        using var bed = new LogBed();
        bed.Logger.LogInformation("{Text}", new string('a', 100_000));
        bed.Single().GetProperty("fields").GetProperty("Text").GetString()!.ShouldEndWith("…[83616 characters cut]");
    }

    [Theory]
    [InlineData("Assay.Rag.Dense", "dense")]
    [InlineData("Assay.export", "export")]
    [InlineData("dense", "dense")]
    [InlineData("Microsoft.Hosting.Lifetime", "Microsoft.Hosting.Lifetime")]
    public void The_component_is_the_end_of_the_category(string category, string component)
    {
        using var bed = new LogBed();
        Messages.Finished(bed.Create(category), "s", "m");
        bed.Single().GetProperty("component").GetString().ShouldBe(component);
    }

    [Fact]
    public void A_logger_for_an_unknown_component_is_refused()
    {
        using var bed = new LogBed();
        Messages.Finished(ComponentLoggers.Create(bed.Factory, "rerank"), "s", "m");
        bed.Single().GetProperty("component").GetString().ShouldBe("rerank");
        Should.Throw<ArgumentException>(() => ComponentLoggers.Create(bed.Factory, "reranker")).Message.ShouldContain("rerank");
    }

    [Fact]
    public void Levels_below_the_option_are_not_written()
    {
        using var bed = new LogBed(new ObservabilityOptions { LogFilePath = "", LogLevel = LogLevel.Warning });
        bed.Logger.LogInformation("no");
        bed.Logger.LogWarning("yes");
        bed.Single().GetProperty("level").GetString().ShouldBe("WARNING");
    }

    [Fact]
    public void Without_structure_a_record_is_one_readable_redacted_line()
    {
        using var bed = new LogBed(new ObservabilityOptions { LogFilePath = "", StructuredLogging = false });
        bed.Logger.LogError(new InvalidOperationException("line\nbreak"), "Mail to {Address} failed", "bob@example.com");
        var line = bed.Lines().ShouldHaveSingleItem();
        line.ShouldContain(" ERROR dense: Mail to [email] failed | System.InvalidOperationException: line\\nbreak");
    }

    [Fact]
    public void An_operation_logs_its_duration_and_its_failure()
    {
        using var bed = new LogBed();
        bed.Logger.BeginOperation("export").Dispose();
        using (var operation = bed.Logger.BeginOperation("import"))
        {
            operation.Fail(new InvalidOperationException("x"));
        }

        var lines = bed.Lines().Select(l => JsonDocument.Parse(l).RootElement).ToList();
        lines[0].GetProperty("message").GetString()!.ShouldMatch(@"^export took \d+\.\d ms$");
        lines[0].GetProperty("fields").GetProperty("DurationMs").ValueKind.ShouldBe(JsonValueKind.Number);
        lines[1].GetProperty("level").GetString().ShouldBe("ERROR");
    }

    private static string? WellFormed(string? text) => text is null ? null : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private sealed class Throwing
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }

    private sealed class Chatty(ILogger logger)
    {
        public override string ToString()
        {
            logger.LogInformation("inner");
            return "chatty";
        }
    }

    private sealed class Capture(Action<string> keep) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            keep(formatter(state, exception));

        public void Dispose() { }
    }
}
