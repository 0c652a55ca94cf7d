using System.Diagnostics;

namespace RagService.Traffic;

/// <summary>Registers the sample traffic where settings ask for it.</summary>
internal static class TrafficRoom
{
    public static void AddSampleTraffic(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(TrafficOptions.Section).Get<TrafficOptions>() ?? new TrafficOptions();
        if (options.PerMinute <= 0)
        {
            return;
        }

        builder.Services.AddSingleton(options);
        builder.Services.AddHostedService<SampleTraffic>();
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
}
