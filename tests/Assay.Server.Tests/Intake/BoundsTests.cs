using System.Diagnostics.Metrics;
using System.Net;
using Assay.Server.Intake;
using Assay.Server.Intake.Bodies;
using Assay.Server.Intake.Content;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Tests.Intake;

public sealed class BoundsTests
{
    [Fact]
    public void A_budget_gives_back_what_was_taken_and_no_more()
    {
        var budget = new ByteBudget(100);
        using (var one = budget.Open())
        {
            one.TryTake(60).ShouldBeTrue();
            using var two = budget.Open();
            two.TryTake(50).ShouldBeFalse();
            two.TryTake(40).ShouldBeTrue();
            budget.Taken.ShouldBe(100);
        }

        budget.Taken.ShouldBe(0);
    }

    [Fact]
    public void A_string_that_lost_its_place_in_the_table_is_made_anew()
    {
        var table = InternTable.OfText();
        for (var i = 0; i < InternTable.Places * 3; i++)
        {
            table.Get(System.Text.Encoding.UTF8.GetBytes($"name {i}")).ShouldBe($"name {i}");
        }

        var text = table.Get("again"u8);
        table.Get("again"u8).ShouldBeSameAs(text);
    }

    [Fact]
    public void A_key_that_was_forgotten_is_looked_up_again()
    {
        for (var i = 0; i < 10_000; i++)
        {
            AttributeKeys.Find(System.Text.Encoding.UTF8.GetBytes($"key.{i}")).ShouldBe(AttributeKey.Plain);
        }

        AttributeKeys.Find("input.value"u8).ShouldBe(AttributeKey.Content);
        AttributeKeys.Find("db.password"u8).ShouldBe(AttributeKey.Secret);
        AttributeKeys.Find("gen_ai.usage.input_tokens"u8).ShouldBe(AttributeKey.ModelCall);
        AttributeKeys.Find(new byte[1000]).ShouldBe(AttributeKey.Plain);
    }

    [Fact]
    public async Task What_came_in_is_counted_by_what_became_of_it()
    {
        await using var bed = await IntakeBed.StartAsync();
        using var counted = new Counted(bed.Meter);
        var one = OtlpMessage.SpanWith(s => s.Attributes(SpanTag.Attributes, ("input.value", "x"), ("mail", "ann@example.org")));
        var request = OtlpMessage.Request([one, OtlpMessage.SpanWith(span: "")]);
        (await bed.PostAsync(IntakeBed.Gzip(request), encoding: "gzip")).Dispose();
        (await bed.PostAsync(request)).Dispose();
        (await bed.PostAsync([1])).Dispose();
        (await bed.PostAsync([], "/v1/metrics")).Dispose();

        counted.Of("assay_ingest_spans_total", "outcome=stored").ShouldBe(1);
        counted.Of("assay_ingest_spans_total", "outcome=duplicate").ShouldBe(1);
        counted.Of("assay_ingest_spans_total", "outcome=rejected").ShouldBe(2);
        counted.Of("assay_ingest_changes_total", "change=content_dropped").ShouldBe(2);
        counted.Of("assay_ingest_changes_total", "change=text_redacted").ShouldBe(2);
        counted.Of("assay_ingest_bytes_total", "stage=unpacked").ShouldBe((2 * request.Length) + 1);
        counted.Of("assay_ingest_bytes_total", "stage=sent").ShouldBe(IntakeBed.Gzip(request).Length + request.Length + 1);
        counted.Of("assay_ingest_requests_total", "transport=http_protobuf signal=traces outcome=partial").ShouldBe(2);
        counted.Of("assay_ingest_requests_total", "transport=http_protobuf signal=traces outcome=malformed").ShouldBe(1);
        counted.Of("assay_ingest_requests_total", "transport=http_protobuf signal=metrics outcome=not_supported").ShouldBe(1);
    }

    [Fact]
    public async Task A_hub_that_holds_as_much_as_it_can_says_so()
    {
        await using var bed = await IntakeBed.StartAsync();
        using var share = bed.Intake.Budget.Open();
        share.TryTake((int)IntakeLimits.BytesInFlight).ShouldBeTrue();
        using var answer = await bed.PostAsync(OtlpMessage.Request([OtlpMessage.SpanWith()]));
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task After_any_request_the_budget_is_whole_again()
    {
        await using var bed = await IntakeBed.StartAsync();
        (await bed.PostAsync(OtlpMessage.Request([OtlpMessage.SpanWith()]))).Dispose();
        (await bed.PostAsync([1])).Dispose();
        (await bed.PostAsync(IntakeBed.Gzip(new byte[IntakeLimits.BodyBytes + 1]), encoding: "gzip")).Dispose();
        // The answer may be there a moment before the request has ended.
        SpinWait.SpinUntil(() => bed.Intake.Budget.Taken == 0, Patience.Longest).ShouldBeTrue();
    }

    private sealed class Counted : IDisposable
    {
        private readonly Dictionary<string, long> sums = [];
        private readonly MeterListener listener = new();

        public Counted(IntakeMeter meter)
        {
            listener.InstrumentPublished = (instrument, l) =>
            {
                if (meter.Owns(instrument))
                {
                    l.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>(
                (instrument, value, tags, _) =>
                {
                    var key = $"{instrument.Name} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}";
                    lock (sums)
                    {
                        sums[key] = sums.GetValueOrDefault(key) + value;
                    }
                }
            );
            listener.Start();
        }

        public long Of(string instrument, string tags)
        {
            lock (sums)
            {
                return sums.GetValueOrDefault($"{instrument} {tags}");
            }
        }

        public void Dispose() => listener.Dispose();
    }
}
