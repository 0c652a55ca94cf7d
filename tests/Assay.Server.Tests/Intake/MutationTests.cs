using System.Net;
using System.Text;
using Assay.Server.Costs;
using Assay.Server.Hosting;
using Assay.Server.Intake;
using Assay.Server.Intake.Bodies;
using Assay.Server.Intake.Details;
using Assay.Server.Intake.Json;

namespace Assay.Server.Tests.Intake;

public sealed class MutationTests
{
    private const int Inputs = 6_000;
    private const int Posts = 400;

    private static readonly string[] Json =
    [
        """{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"js"}}]},"scopeSpans":[{"scope":{"name":"t"},"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","flags":257,"name":"n\u00e9","kind":2,"startTimeUnixNano":"1767225600000000000","endTimeUnixNano":"1767225600000000005","attributes":[{"key":"d","value":{"doubleValue":0.5}},{"key":"x","value":{"bytesValue":"AQID"}},{"key":"l","value":{"arrayValue":{"values":[{"intValue":"1"},{"boolValue":true}]}}},{"key":"m","value":{"kvlistValue":{"values":[{"key":"k","value":{}}]}}}],"events":[{"timeUnixNano":"7","name":"e"}],"status":{"code":"STATUS_CODE_ERROR","message":"no"}}]}]}]}""",
    ];

    [Fact]
    public void No_broken_message_breaks_the_reading_or_fills_the_memory()
    {
        var readers = Readers();
        var mutation = new Mutation(1);
        var well = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var message = mutation.Next();
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var signal in (Signal[])[Signal.Traces, Signal.Logs])
            {
                var delivery = new Delivery(message, 1);
                well += readers.For(signal).Read(delivery).IsPresent ? 0 : 1;
                delivery.Spans.ForEach(s => OtlpSpanDetails.Read(s.Body));
                delivery.Logs.ForEach(l => OtlpLogDetails.Read(l.Body));
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4_000_000);
        }

        // Both kinds were met: what is left well formed, and what is not.
        well.ShouldBeInRange(Inputs / 10, Inputs * 2 * 9 / 10);
    }

    [Fact]
    public void No_broken_JSON_breaks_the_reading()
    {
        var random = new Random(2);
        var budget = new ByteBudget(IntakeLimits.BytesInFlight);
        var readers = Readers();
        var taken = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(Json[0]);
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                var at = random.Next(bytes.Length);
                bytes = random.Next(4) switch
                {
                    0 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 9))..]],
                    1 => [.. bytes[..at], .. bytes[random.Next(at + 1)..]],
                    2 => [.. bytes[..at], (byte)"{}[]\",:0a-"[random.Next(10)], .. bytes[at..]],
                    _ => [.. bytes[..at], (byte)random.Next(256), .. bytes[Math.Min(bytes.Length, at + 1)..]],
                };
            }

            using var share = budget.Open();
            var body = OtlpJson.ToProtobuf(BodyResult.Of(bytes), Signal.Traces, share);
            if (body.Fault == BodyFault.None)
            {
                taken++;
                // What we write ourselves is well formed.
                readers.For(Signal.Traces).Read(new Delivery(body.Bytes, 1)).IsPresent.ShouldBeFalse(Encoding.UTF8.GetString(bytes));
            }
        }

        taken.ShouldBeInRange(Inputs / 20, Inputs * 19 / 20);
        budget.Taken.ShouldBe(0);
    }

    [Fact]
    public async Task No_broken_request_is_answered_with_5xx()
    {
        await using var bed = await IntakeBed.StartAsync();
        var mutation = new Mutation(3);
        var answers = new Dictionary<HttpStatusCode, int>();
        for (var i = 0; i < Posts; i++)
        {
            var body = mutation.Next();
            var packed = i % 3 == 0 ? IntakeBed.Gzip(body) : body;
            var encoding = i % 3 == 0 || i % 50 == 1 ? "gzip" : null;
            using var answer = await bed.PostAsync(
                packed,
                i % 2 == 0 ? "/v1/traces" : "/v1/logs",
                i % 7 == 0 ? "application/json" : "application/x-protobuf",
                encoding
            );
            answers[answer.StatusCode] = answers.GetValueOrDefault(answer.StatusCode) + 1;
        }

        answers.Keys.ShouldBe([HttpStatusCode.OK, HttpStatusCode.BadRequest], ignoreOrder: true);
    }

    private static ExportReaders Readers() => new(new HubOptions(), new PriceBook(new HubOptions(), TimeProvider.System));
}
