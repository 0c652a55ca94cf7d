using Assay.Server.Surface.Reading;
using Assay.Server.Traces;

namespace Assay.Server.Tests.Traces;

public sealed class TraceFilterTests
{
    private static readonly TimeWindow Window = TimeRange.Named("24h").Until(new DateTimeOffset(2026, 3, 12, 14, 30, 0, TimeSpan.Zero));

    [Fact]
    public void Every_filter_reaches_the_query()
    {
        var query = Of("service=s&version=1.9&name=ask&status=failed&min=100&max=2,5&correlation=c&variant=f%3Don&prompt=a@7&after=m").ToQuery(Window);

        (query.Service, query.Version, query.Name, query.Failed, query.CorrelationId).ShouldBe(("s", "1.9", "ask", true, "c"));
        (query.Variant, query.Prompt, query.After).ShouldBe(("f=on", "a@7", "m"));
        (query.AtLeast, query.AtMost).ShouldBe((TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(2.5)));
        (query.From, query.Before).ShouldBe((Window.From, Window.Before));
    }

    [Fact]
    public void A_duration_that_is_none_is_said_and_lets_everything_pass()
    {
        var filter = Of("min=abc&max=-4&status=odd");

        (filter.IsMinWrong, filter.IsMaxWrong, filter.Active).ShouldBe((true, true, 2));
        (filter.ToQuery(Window).AtLeast, filter.ToQuery(Window).AtMost, filter.ToQuery(Window).Failed).ShouldBe((null, null, null));
    }

    private static TraceFilter Of(string query)
    {
        var values = query.Split('&').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]));
        return TraceFilter.Of(values.GetValueOrDefault);
    }
}
