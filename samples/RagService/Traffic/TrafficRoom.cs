using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using RagService.Injecting;

namespace RagService.Traffic;

/// <summary>Another rate of the sample traffic.</summary>
/// <param name="PerMinute">Questions a minute, above 0 to 6,000.</param>
/// <param name="Seconds">How long, 1 to 600. The default is 60.</param>
internal sealed record TrafficRequest(double? PerMinute, int Seconds = 60);

/// <summary>Registers the sample traffic where settings ask for it, and lets programs of this machine change its rate for a while.</summary>
internal static class TrafficRoom
{
    private const int MostPerMinute = 6_000;
    private const int LongestSeconds = 600;

    public static void AddSampleTraffic(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(TrafficOptions.Section).Get<TrafficOptions>() ?? new TrafficOptions();
        if (options.PerMinute <= 0)
        {
            return;
        }

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<TrafficRate>();
        builder.Services.AddHostedService<SampleTraffic>();
    }

    /// <summary><c>/traffic</c>; nothing where no sample traffic runs.</summary>
    public static void MapSampleTraffic(this WebApplication app)
    {
        if (app.Services.GetService<TrafficRate>() is null)
        {
            return;
        }

        var traffic = app.MapGroup("/traffic")
            .AddEndpointFilter(
                (context, next) => InjectingRoom.IsOfThisMachine(context.HttpContext) ? next(context) : ValueTask.FromResult<object?>(Refused())
            );
        traffic.MapPost("", Ask);
        traffic.MapGet("", (TrafficRate rate) => rate.Present);
        traffic.MapDelete("", Reset);
    }

    /// <summary>Marks the span of a request that the service made itself, so that nobody takes it for a user's.</summary>
    public static void UseSampleTrafficMark(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                if (context.Request.Headers.ContainsKey(SampleTraffic.Header))
                {
                    Activity.Current?.SetTag("assay.sample_traffic", value: true);
                }

                return next(context);
            }
        );

    private static Results<Ok<TrafficBurst>, ProblemHttpResult> Ask(TrafficRequest request, TrafficRate rate, TimeProvider time)
    {
        if (request.PerMinute is not (> 0 and <= MostPerMinute) || request.Seconds is not (>= 1 and <= LongestSeconds))
        {
            var fix = $"Give per_minute above 0 to {MostPerMinute}, and seconds from 1 to {LongestSeconds}.";
            return TypedResults.Problem(fix, statusCode: 400, title: "The sample traffic cannot run at that rate.");
        }

        rate.Ask(new TrafficBurst(request.PerMinute.Value, time.GetUtcNow() + TimeSpan.FromSeconds(request.Seconds)));
        return TypedResults.Ok(rate.Present);
    }

    private static NoContent Reset(TrafficRate rate)
    {
        rate.Reset();
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Refused() =>
        TypedResults.Problem("Ask from the machine on which the service runs, without a proxy.", statusCode: 403, title: "The rate is not for others to set.");
}
