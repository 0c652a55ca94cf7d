using System.Globalization;
using System.Threading.RateLimiting;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Assay.Server.Access;

/// <summary>Marks endpoints that are limited as signing in is.</summary>
internal sealed record SignInRate;

/// <summary>Marks endpoints that evaluate flags for other programs.</summary>
internal sealed record EvaluationRate
{
    public static readonly EvaluationRate Instance = new();
}

/// <summary>How many sign-ins, writes and evaluations a minute one caller may make.</summary>
internal static class RateRule
{
    public const int SignInsPerMinute = 10;
    public const int WritesPerMinute = 1_200;

    public static readonly SignInRate SignIn = new();

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Partition);
        options.OnRejected = RejectAsync;
    }

    private static RateLimitPartition<string> Partition(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<SignInRate>() is not null)
        {
            return Limited($"sign-in {context.Connection.RemoteIpAddress}", SignInsPerMinute);
        }

        if (endpoint?.Metadata.GetMetadata<EvaluationRate>() is not null)
        {
            var most = context.RequestServices.GetService(typeof(HubOptions)) is HubOptions options ? options.EvaluationsPerMinute : int.MaxValue;
            return Limited($"evaluation {context.Caller().Actor} {context.Connection.RemoteIpAddress}", most);
        }

        return ScopeRule.Changes(context.Request.Method) && ScopeRule.Needed(endpoint, context.Request.Method) is Scope.Write or Scope.Admin
            ? Limited($"write {context.Caller().Actor}", WritesPerMinute)
            : RateLimitPartition.GetNoLimiter("");
    }

    private static RateLimitPartition<string> Limited(string key, int perMinute) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = Window });

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var context = rejected.HttpContext;
        (context.RequestServices.GetService(typeof(HubTelemetry)) as HubTelemetry)?.Refused(Refusal.Rate);
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        await context.AnswerAsync(new Problem(StatusCodes.Status429TooManyRequests, "Too many requests in a minute.", $"Try again in {seconds} s."));
    }
}
