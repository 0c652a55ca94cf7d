using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Assay.Observability.Hosting;

/// <summary>Puts the observer and the metrics page in front of whatever the service builds.</summary>
internal sealed class ObservedPipeline(RequestObserver observer, ObservabilitySetup setup) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(observe => context => observer.ObserveAsync(context, observe));
            if (setup.MetricsPage is { } page)
            {
                app.Use(scrape => context => IsScrape(context) ? MetricsAnswer.WriteAsync(context, page) : scrape(context));
            }

            next(app);
        };

    private static bool IsScrape(HttpContext context) => HttpMethods.IsGet(context.Request.Method) && context.Request.Path == MetricsAnswer.Path;
}
