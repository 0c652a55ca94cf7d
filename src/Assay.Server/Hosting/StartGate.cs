using Assay.Server.Surface.Errors;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Hosting;

/// <summary>Whether the hub has done all that it does before it answers.</summary>
internal sealed class StartState
{
    private volatile bool isStarted;

    public bool IsStarted => isStarted;

    public void Started() => isStarted = true;
}

/// <summary>
/// Ports are open a moment before the hub knows its own addresses: who comes then is told to come again. Health and what pages load are answered.
/// </summary>
internal sealed class StartGate(RequestDelegate next, StartState state)
{
    private static readonly Problem Starting = new(StatusCodes.Status503ServiceUnavailable, "The hub is starting.", "Send it again in a second.")
    {
        Words = ErrorWords.Starting,
    };

    public Task InvokeAsync(HttpContext context)
    {
        if (state.IsStarted || context.Request.Path.StartsWithSegments("/healthz") || context.Request.Path.StartsWithSegments("/assets"))
        {
            return next(context);
        }

        context.Response.Headers.RetryAfter = "1";
        return context.AnswerAsync(Starting);
    }
}
