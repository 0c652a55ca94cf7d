using System.Net;
using Assay.Observability.Hosting;
using Assay.Tests.Observability.Prometheus;
using Microsoft.AspNetCore.Http;

namespace Assay.Tests.Observability.Hosting;

public sealed class MetricsAnswerTests
{
    [Theory]
    [InlineData("10.0.0.7", "localhost", 403)]
    [InlineData("::ffff:10.0.0.7", "127.0.0.1:5081", 403)]
    [InlineData("2001:db8::7", "[::1]:5081", 403)]
    [InlineData("127.0.0.1", "rebound.example.org", 421)]
    [InlineData("127.0.0.1", "localhost:5081", 200)]
    [InlineData("127.0.0.9", "127.0.0.1", 200)]
    [InlineData("::ffff:127.0.0.1", "localhost", 200)]
    [InlineData("::1", "[::1]:5081", 200)]
    [InlineData(null, "localhost", 200)]
    public async Task The_page_is_for_callers_on_this_machine_whatever_host_they_name(string? from, string host, int status)
    {
        (await AskAsync(from, host, anyHost: false)).ShouldBe(status);
        (await AskAsync(from, host, anyHost: true)).ShouldBe(200);
    }

    private static async Task<int> AskAsync(string? from, string host, bool anyHost)
    {
        using var scraped = new Scraped();
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = from is null ? null : IPAddress.Parse(from);
        context.Request.Host = new HostString(host);
        await MetricsAnswer.WriteAsync(context, scraped.Exporter, anyHost);
        return context.Response.StatusCode;
    }
}
