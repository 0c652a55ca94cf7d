using Assay.Server.Intake;
using Assay.Server.Intake.Details;
using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Tests.Intake;

public sealed class LogsTests
{
    [Theory]
    [InlineData(0, LogSeverity.Trace)]
    [InlineData(1, LogSeverity.Trace)]
    [InlineData(4, LogSeverity.Trace)]
    [InlineData(5, LogSeverity.Debug)]
    [InlineData(9, LogSeverity.Information)]
    [InlineData(16, LogSeverity.Warning)]
    [InlineData(17, LogSeverity.Error)]
    [InlineData(24, LogSeverity.Critical)]
    [InlineData(25, LogSeverity.Trace)]
    public void Severities_come_in_ranges(int number, object severity) =>
        Read(Record(r => r.Varint(LogTag.SeverityNumber, (ulong)number))).Logs[0].Severity.ShouldBe((LogSeverity)severity);

    [Fact]
    public void A_record_keeps_its_trace_its_scope_and_its_time()
    {
        var record = Read(
            Record(r => r.Bytes(LogTag.TraceId, Convert.FromHexString(OtlpMessage.Trace)).Bytes(LogTag.SpanId, Convert.FromHexString(OtlpMessage.Span)))
        ).Logs[0];
        record.Trace.ToString().ShouldBe(OtlpMessage.Trace);
        record.Span.ToString().ShouldBe(OtlpMessage.Span);
        record.Source.Scope.ShouldBe("tests");
        record.TimeNanos.ShouldBe(77);
        record.Message.ShouldBe("done");
    }

    [Fact]
    public void Without_a_time_of_its_own_the_time_of_observing_counts()
    {
        Read(Record(r => r.Fixed64(LogTag.Time, 0).Fixed64(LogTag.ObservedTime, 78))).Logs[0].TimeNanos.ShouldBe(78);
        Read(Record(r => r.Fixed64(LogTag.Time, 0))).Logs[0].TimeNanos.ShouldBe(Reading.ArrivalNanos);
    }

    [Fact]
    public void The_same_request_gives_the_same_keys_and_equal_records_in_it_different_ones()
    {
        byte[][] records = [Record(), Record(), Record(r => r.Fixed64(LogTag.Time, 79))];
        var first = Read(records).Logs.Select(l => l.Key).ToList();
        var again = Read(records).Logs.Select(l => l.Key).ToList();
        first.ShouldBeUnique();
        again.ShouldBe(first);
    }

    [Fact]
    public void The_key_depends_on_the_source()
    {
        var here = Read([Record()]).Logs[0].Key;
        var there = Reading.Read(OtlpMessage.Request([Record()], ("service.name", "other")), Signal.Logs).Logs[0].Key;
        there.ShouldNotBe(here);
    }

    [Fact]
    public void A_message_is_redacted_in_list_and_body()
    {
        var record = Read(Record(r => r.Message(LogTag.Body, b => b.Value("call +7 916 123-45-67")))).Logs[0];
        record.Message.ShouldBe("call [phone]");
        System.Text.Encoding.UTF8.GetString(record.Body.Span).ShouldNotContain("916");
    }

    [Fact]
    public void A_body_with_a_structure_becomes_a_message_that_can_be_read() =>
        Read(Record(r => r.Message(LogTag.Body, b => b.Value(new (string, object)[] { ("took", 5), ("ok", true) }))))
            .Logs[0]
            .Message.ShouldBe("{took: 5, ok: true}");

    [Fact]
    public void The_message_of_a_structure_has_no_secrets()
    {
        var body = new (string, object)[]
        {
            ("accessToken", "abc"),
            ("headers", new (string, object)[] { ("api-key", new object[] { "xyz" }) }),
            ("to", "ann@example.org"),
        };
        var record = Read(Record(r => r.Message(LogTag.Body, b => b.Value(body)))).Logs[0];
        record.Message.ShouldBe("""{accessToken: [secret], headers: {api-key: [secret]}, to: "[email]"}""");
    }

    [Fact]
    public void The_message_of_a_large_structure_is_cut()
    {
        var many = Enumerable.Range(0, 3000).Select(i => ($"number_{i}", (object)(1.0 / (i + 3)))).ToArray();
        var delivery = Read(Record(r => r.Message(LogTag.Body, b => b.Value(many))));
        delivery.Logs[0].Message.ShouldStartWith("{number_0: 0.3333");
        delivery.Logs[0].Message.Length.ShouldBe(IntakeLimits.ValueBytes);
        delivery.Tally.Truncated.ShouldBe(1);
    }

    [Fact]
    public void An_event_name_and_a_severity_are_redacted_in_the_record_too()
    {
        var record = Read(Record(r => r.Text(LogTag.SeverityText, "INFO ann@example.org").Text(LogTag.EventName, "mail to ann@example.org"))).Logs[0];
        System.Text.Encoding.UTF8.GetString(record.Body.Span).ShouldNotContain("ann@");
        System.Text.Encoding.UTF8.GetString(Fields.Last(record.Body.Span, LogTag.EventName)).ShouldBe("mail to [email]");
        System.Text.Encoding.UTF8.GetString(Fields.Last(record.Body.Span, LogTag.SeverityText)).ShouldBe("INFO [email]");
    }

    [Fact]
    public void A_record_without_body_is_called_by_its_event_or_its_exception()
    {
        var bare = new OtlpMessage().Text(LogTag.EventName, "cache.miss").Written;
        Read(bare).Logs[0].Message.ShouldBe("cache.miss");
        var thrown = new OtlpMessage().Attributes(LogTag.Attributes, ("exception.type", "TimeoutError"), ("exception.message", "too slow")).Written;
        Read(thrown).Logs[0].Message.ShouldBe("TimeoutError: too slow");
    }

    [Fact]
    public void A_record_that_is_content_loses_what_it_says()
    {
        var delivery = Read(
            Record(r => r.Text(LogTag.EventName, "gen_ai.user.message").Attributes(LogTag.Attributes, ("gen_ai.input.messages", "secret"), ("n", 1)))
        );
        var record = delivery.Logs[0];
        record.Message.ShouldBe("gen_ai.user.message");
        System.Text.Encoding.UTF8.GetString(record.Body.Span).ShouldNotContain("done");
        OtlpLogDetails.Read(record.Body).ShouldHaveSingleItem().Key.ShouldBe("n");
        delivery.Tally.ContentDropped.ShouldBe(2);
    }

    [Fact]
    public void A_record_with_ids_of_the_wrong_length_is_rejected_alone()
    {
        var delivery = Read(Record(r => r.Bytes(LogTag.TraceId, [1, 2])), Record());
        delivery.Logs.Count.ShouldBe(1);
        delivery.Tally.Rejected.ShouldBe(1);
        delivery.Tally.FirstProblem.ShouldContain("trace id of 2");
    }

    private static byte[] Record(Action<OtlpMessage>? more = null)
    {
        var message = new OtlpMessage().Fixed64(LogTag.Time, 77).Message(LogTag.Body, b => b.Value("done"));
        more?.Invoke(message);
        return message.Written;
    }

    private static Delivery Read(params byte[][] records) => Reading.Read(OtlpMessage.Request(records, ("service.name", "s")), Signal.Logs);
}
